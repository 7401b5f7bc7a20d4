// What is to be read on the screen, in full: the words of l10n/ are held to these.
const LOCAL = String.raw`127\.0\.0\.1:\d+`;

const sentence = (text: string) => new RegExp(text.replaceAll('HOST', LOCAL));

/** The chat's own words. */
export const TROUBLE_WORDS = {
  en: {
    tryAgain: 'Try Again',
    sendAgain: 'Send again',
    unsaved: 'unsaved',
    noSuchChat: sentence(
      'The chat did not start: HOST knows no chat with this ID \\(status 404\\)\\.' +
        '.*Check the chat ID; if it is right, check the addresses in the settings\\.',
    ),
    unreachable: sentence(
      'The chat did not start: HOST cannot be reached\\.' +
        '.*Check the network and the proxy, then try again\\.',
    ),
    invalidHost: sentence('The chat did not start: twin-chat-test\\.invalid cannot be reached\\.'),
    serverFailed: sentence(
      'The chat did not start: something went wrong at HOST \\(status 500\\)\\.' +
        '.*Try again a little later; the log has the details\\.',
    ),
    messageWaits: sentence(
      'The message was not sent: HOST cannot be reached\\.' +
        ' It waits here and goes by itself as soon as it can\\.',
    ),
    messageUnknown: /It is not known whether this message arrived/,
    uploadFailed: sentence(
      'The file was not uploaded: something went wrong at HOST \\(status 500\\)\\. Try again',
    ),
    noEditor: /No file is open\. Open one, or choose files with the paper clip in the chat\./,
    noSelection: /Nothing is selected in src\/orderStatus\.ts\. Select some text/,
    emptyFile: /empty\.txt is empty, so it was not sent\. Add something/,
    tooLarge: /large\.txt is larger than 1 MB, so it was not sent\. Choose a smaller file/,
  },
  ru: {
    tryAgain: 'Попробовать снова',
    sendAgain: 'Отправить ещё раз',
    unsaved: 'не сохранён',
    noSuchChat: sentence(
      'Чат не начался: HOST не знает чата с таким ID \\(код\\s404\\)\\.' +
        '.*Проверьте ID чата; если он верный, проверьте адреса в настройках\\.',
    ),
    unreachable: sentence(
      'Чат не начался: HOST недоступен\\..*Проверьте сеть и прокси и попробуйте ещё раз\\.',
    ),
    invalidHost: sentence('Чат не начался: twin-chat-test\\.invalid недоступен\\.'),
    serverFailed: sentence(
      'Чат не начался: на стороне HOST произошла ошибка \\(код\\s500\\)\\.' +
        '.*Попробуйте чуть позже; подробности — в журнале\\.',
    ),
    messageWaits: sentence(
      'Сообщение не отправлено: HOST недоступен\\.' +
        ' Оно ждёт здесь и уйдёт само, как только станет возможно\\.',
    ),
    messageUnknown: /Неизвестно, дошло ли это сообщение/,
    uploadFailed: sentence(
      'Файл не отправлен: на стороне HOST произошла ошибка \\(код\\s500\\)\\. Попробуйте',
    ),
    noEditor: /Нет открытого файла\. Откройте файл или выберите его скрепкой в чате\./,
    noSelection:
      /В src\/orderStatus\.ts ничего не выделено\. Выделите текст и повторите или отправьте файл целиком\./,
    emptyFile: /Файл empty\.txt пуст и не отправлен\. Добавьте/,
    tooLarge: /Файл large\.txt больше 1 МБ и не отправлен\. Выберите файл поменьше/,
  },
} as const;

/** Titles in VS Code's window: ours follow its language, its own stay English without its pack. */
export const VSCODE_WORDS = {
  en: {
    startChat: 'TWIN: Start Chat',
    startDemo: 'TWIN: Start Demo Chat',
    startBeside: 'TWIN: Start Another Chat',
    openInEditor: 'TWIN: Open Chat in Editor',
    exportTranscript: 'TWIN: Export Transcript…',
    deleteAllData: 'TWIN: Delete All Local Data…',
    restartChat: 'TWIN: Restart Chat',
    endChat: 'TWIN: End Chat',
    setChatId: 'TWIN: Set Chat ID…',
    chooseProfile: 'TWIN: Choose Profile…',
    previewStart: 'TWIN: Preview Start of Session',
    attachActiveFile: 'TWIN: Attach Active File',
    sendActiveFile: 'TWIN: Send Active File',
    sendSelection: 'TWIN: Send Selection',
    sendDiff: 'TWIN: Send Diff of This File',
    attachFiles: 'Attach Files…',
    send: 'Send',
    start: 'Start Chat',
    chatIdPrompt: 'Paste the chat ID',
    newFile: 'File: New Untitled Text File',
  },
  ru: {
    startChat: 'TWIN: Начать чат',
    startDemo: 'TWIN: Начать демочат',
    startBeside: 'TWIN: Начать ещё один чат',
    openInEditor: 'TWIN: Открыть чат в редакторе',
    exportTranscript: 'TWIN: Экспортировать разговор…',
    deleteAllData: 'TWIN: Удалить все локальные данные…',
    restartChat: 'TWIN: Начать чат заново',
    endChat: 'TWIN: Завершить чат',
    setChatId: 'TWIN: Указать ID чата…',
    chooseProfile: 'TWIN: Выбрать профиль…',
    previewStart: 'TWIN: Показать запрос, который начнёт сессию',
    attachActiveFile: 'TWIN: Прикрепить активный файл',
    sendActiveFile: 'TWIN: Отправить активный файл',
    sendSelection: 'TWIN: Отправить выделение',
    sendDiff: 'TWIN: Отправить изменения этого файла',
    attachFiles: 'Прикрепить файлы…',
    send: 'Отправить',
    start: 'Начать чат',
    chatIdPrompt: 'Вставьте ID чата',
    newFile: 'File: New Untitled Text File',
  },
} as const;
