// A view that is hidden and comes back a hundred times (R6).
import { launchBrowser } from '../vscode/browser';
import { Contexts } from '../webview/contexts';
import { startPageServer } from '../webview/pageServer';
import { impression, reopen, settleIn } from '../webview/reopening';
import { ViewPage } from '../webview/viewPage';
import { bench } from './bench';

const TIMES = 100;
/** By then the page's engine has all it keeps for itself. */
const WARM = 10;

bench('reopening', async () => {
  const [browser, server] = await Promise.all([launchBrowser({ shell: true }), startPageServer()]);
  try {
    const view = await ViewPage.open(new Contexts(browser), server);
    const cdp = await view.page.context().newCDPSession(view.page);
    const heap = async (): Promise<number> => {
      await cdp.send('HeapProfiler.collectGarbage');
      return (await cdp.send('Runtime.getHeapUsage')).usedSize;
    };
    await settleIn(view);
    const before = await impression(view);
    let warm = NaN;
    for (let time = 0; time < TIMES; time += 1) {
      await reopen(view, before);
      if (time === WARM) warm = await heap();
    }
    const growth = (await heap()) / warm;
    await view.close();
    return [
      { what: 'came back as it was', value: TIMES, unit: 'times', atLeast: TIMES },
      { what: 'heap, last to first', value: growth, unit: '×', atMost: 1.05 },
    ];
  } finally {
    await browser.close();
    server.close();
  }
});
