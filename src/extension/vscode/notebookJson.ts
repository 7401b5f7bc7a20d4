import * as vscode from 'vscode';

/** As much of VS Code's own Jupyter extension as is used here. */
interface JupyterSupport {
  /** Writes nbformat JSON, as it does when a notebook is saved. */
  exportNotebook(notebook: vscode.NotebookData): Promise<string>;
}

/**
 * A notebook as it stands in its editor, outputs included, in the JSON of an .ipynb file; `null`
 * where VS Code's support for these files is switched off.
 */
export async function notebookJson(notebook: vscode.NotebookDocument): Promise<string | null> {
  const extension = vscode.extensions.getExtension<JupyterSupport>('vscode.ipynb');
  if (extension === undefined) return null;
  const jupyter = await extension.activate();
  const data = new vscode.NotebookData(notebook.getCells().map(cellData));
  data.metadata = notebook.metadata;
  return jupyter.exportNotebook(data);
}

function cellData(cell: vscode.NotebookCell): vscode.NotebookCellData {
  const { kind, document, outputs, metadata } = cell;
  const data = new vscode.NotebookCellData(kind, document.getText(), document.languageId);
  data.outputs = [...outputs];
  data.metadata = metadata; // its execution's number, too
  return data;
}
