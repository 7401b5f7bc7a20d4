/** Values for `${name}` in settings; `env` is there only where the person himself wrote the setting. */
export interface VariableValues {
  readonly workspaceFolderBasename: string;
  readonly gitBranch: string;
  readonly uuid: string;
  readonly env: ((name: string) => string) | null;
}

/** Replaces `${workspaceFolderBasename}`, `${gitBranch}`, `${uuid}` and `${env:NAME}`. */
export function replaceVariables(template: string, values: VariableValues): string {
  return template.replace(/\$\{(\w+)(?::(\w+))?\}/g, (place, name: string, argument?: string) => {
    switch (name) {
      case 'workspaceFolderBasename':
      case 'gitBranch':
      case 'uuid':
        return argument === undefined ? values[name] : place;
      case 'env':
        return argument !== undefined && values.env ? values.env(argument) : place;
      default:
        return place;
    }
  });
}
