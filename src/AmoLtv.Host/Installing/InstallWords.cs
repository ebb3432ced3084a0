namespace AmoLtv.Host.Installing;

/// <summary>What each page of an install says.</summary>
internal static class InstallWords
{
    public static (string Title, string Text) Russian(InstallResult result) => result switch
    {
        InstallResult.Connected => ("Аккаунт подключён", "Первый расчёт начнётся сам. В CRM пока ничего не записано. Окно можно закрыть."),
        InstallResult.Working => ("Подключаем", "CRM ещё не ответила. Подключение продолжится само, окно можно закрыть."),
        InstallResult.AccessDenied => ("Доступ не предоставлен", "Вы отказали интеграции в доступе, ничего не изменилось. Чтобы подключить аккаунт, начните установку снова."),
        InstallResult.BadState => ("Ссылка больше не действует", "Установку нужно закончить за 10 минут и в том же браузере, где она начата. Начните её снова."),
        InstallResult.UnknownHost => ("Неизвестный адрес аккаунта", "Этот адрес не принадлежит amoCRM или Kommo, ключи туда не отправлены. Если это ваш сервер, добавьте его в Crm:ExtraHosts."),
        InstallResult.UnknownIntegration => ("Неизвестная интеграция", "Этот сервер не обслуживает такую интеграцию. Проверьте её ID в настройке Integrations."),
        InstallResult.NoCode => ("CRM не прислала код", "Начните установку снова со страницы интеграции в CRM."),
        InstallResult.NotAdmin => ("Нужен администратор", "Подключить аккаунт может только его администратор: иначе в расчёт не попали бы клиенты, которых вы не видите."),
        InstallResult.AdminConnected => ("Уже подключено администратором", "Аккаунт подключён администратором, это подключение не заменено. Заменить его может только администратор."),
        InstallResult.WrongAccount => ("Адрес и аккаунт не совпали", "Код выдан другим аккаунтом, подключение отклонено. Начните установку снова."),
        InstallResult.CodeRefused => ("CRM не приняла код", "Начните установку снова. Если не поможет, проверьте секретный ключ и адрес перенаправления интеграции."),
        InstallResult.Expired => ("Время вышло", "Код действует 20 минут, и CRM за это время не ответила. Начните установку снова."),
        InstallResult.TooMany => ("Слишком много запросов", "Подождите минуту и начните установку снова."),
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, "No page."),
    };

    public static (string Title, string Text) English(InstallResult result) => result switch
    {
        InstallResult.Connected => ("The account is connected", "The first calculation starts by itself. Nothing has been written into the CRM. You may close this window."),
        InstallResult.Working => ("Connecting", "The CRM has not answered yet. The service goes on by itself; you may close this window."),
        InstallResult.AccessDenied => ("Access was not given", "You did not give the integration access; nothing has changed. Start the install again to connect the account."),
        InstallResult.BadState => ("This link is no longer valid", "An install must end within 10 minutes, in the browser in which it began. Start it again."),
        InstallResult.UnknownHost => ("Unknown address of the account", "This address is not one of amoCRM or Kommo; no keys were sent there. If the server is yours, add it to Crm:ExtraHosts."),
        InstallResult.UnknownIntegration => ("Unknown integration", "This server does not serve this integration. Check its ID in the setting Integrations."),
        InstallResult.NoCode => ("The CRM sent no code", "Start the install again from the integration's page in the CRM."),
        InstallResult.NotAdmin => ("An administrator is needed", "Only an administrator may connect the account: otherwise clients that you may not see would be missing from the numbers."),
        InstallResult.AdminConnected => ("Already connected by an administrator", "An administrator connected this account, and that connection stays. Only an administrator may replace it."),
        InstallResult.WrongAccount => ("The address is not the account's", "The code was given by another account; the connection was refused. Start the install again."),
        InstallResult.CodeRefused => ("The CRM did not accept the code", "Start the install again. If that does not help, check the integration's secret and redirect address."),
        InstallResult.Expired => ("Out of time", "The code is valid for 20 minutes and the CRM did not answer in that time. Start the install again."),
        InstallResult.TooMany => ("Too many requests", "Wait a minute and start the install again."),
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, "No page."),
    };
}
