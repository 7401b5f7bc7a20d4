// Files that hold secrets by their name, in gitignore's syntax.

import ignore from 'ignore';

const KEYS = `
*.pem
*.key
*.p8
*.p12
*.pfx
*.pk8
*.jks
*.keystore
*.bks
*.ppk
*.kdb
*.kdbx
*.agekey
*.snk
*.ovpn
id_rsa
id_dsa
id_ecdsa
id_ed25519
id_ecdsa_sk
id_ed25519_sk
master.key
secring.gpg
wallet.dat
`;

const SECRETS = `
.env
.env.*
*.env
.envrc
!.env.example
!.env.sample
!.env.template
!.env.dist
!.env.defaults
.npmrc
.yarnrc.yml
.pypirc
.netrc
_netrc
.git-credentials
.pgpass
.my.cnf
.mylogin.cnf
.htpasswd
.dockercfg
kubeconfig
*.kubeconfig
auth.json
.terraformrc
*.tfstate
*.tfstate.backup
*.tfvars
.vault-token
.vault_pass*
.s3cfg
.boto
rclone.conf
credentials
credentials.json
client_secret*.json
service-account*.json
service_account*.json
secrets.json
secrets.yml
secrets.yaml
secrets.toml
secret.yml
secret.yaml
wp-config.php
.bash_history
.zsh_history
.psql_history
.mysql_history
.node_repl_history
.python_history
`;

/** Names that tell only together with the folder they lie in. */
const KEYS_IN_FOLDERS = `
.ssh/*
!.ssh/config
!.ssh/known_hosts
!.ssh/*.pub
`;

const SECRETS_IN_FOLDERS = `
.docker/config.json
.aws/*
.azure/*
gcloud/*
.kube/config
.gem/credentials
.cargo/credentials.toml
.m2/settings.xml
.gradle/gradle.properties
.terraform.d/credentials.tfrc.json
`;

const matcher = (patterns: string) => ignore({ ignorecase: true }).add(patterns);
const names = { keyName: matcher(KEYS), secretName: matcher(SECRETS) };
const inFolders = {
  keyName: matcher(KEYS_IN_FOLDERS),
  secretName: matcher(SECRETS_IN_FOLDERS),
};

/**
 * Whether a file of this name holds secrets.
 *
 * @param path with slashes; a bare name will do
 */
export function secretByName(path: string): 'keyName' | 'secretName' | null {
  const parts = path.split('/').filter(Boolean);
  const [name, last] = [parts.at(-1) ?? '', parts.slice(-2).join('/')];
  if (!ignore.isPathValid(name) || !ignore.isPathValid(last)) return null;
  for (const kind of ['keyName', 'secretName'] as const)
    if (names[kind].ignores(name) || inFolders[kind].ignores(last)) return kind;
  return null;
}
