using System.Globalization;

namespace AmoLtv.Host.Installing;

/// <summary>What is said of a condition, and what its reader can do about it; dates in the account's time zone.</summary>
public static class ConnectionWords
{
    private static readonly CultureInfo RussianCulture = CultureInfo.GetCultureInfo("ru-RU");
    private static readonly CultureInfo EnglishCulture = CultureInfo.GetCultureInfo("en-GB");

    /// <param name="condition">What holds.</param>
    /// <param name="zone">Of the account.</param>
    /// <returns>What is so, and the next step; that one is empty where there is nothing to do.</returns>
    public static (string Text, string NextStep) Russian(ConnectionCondition condition, TimeZoneInfo zone)
    {
        var day = Day(condition.Until, zone, RussianCulture);
        return condition.State switch
        {
            ConnectionState.ErasurePlanned => ($"Интеграция отключена. Данные аккаунта будут стёрты {day}.", "Чтобы сохранить данные, до этого дня снова установите интеграцию от имени администратора."),
            ConnectionState.NotConnected => ("Аккаунт не подключён.", "Установите интеграцию от имени администратора аккаунта."),
            ConnectionState.Lost => ("Связь с CRM потеряна: она больше не принимает ключи доступа. Расчёты остановлены, данные сохранены.", "Снова установите интеграцию от имени администратора: работа продолжится с того же места."),
            ConnectionState.Suspended => ("CRM сообщила, что интеграцию отключили. Работа остановлена, пока CRM не подтвердит это.", "Если вы её не отключали, ничего делать не нужно: работа продолжится через несколько минут. Если отключили по ошибке, установите её снова."),
            ConnectionState.RightsLost => ("Пользователь, который подключил аккаунт, больше не администратор: часть сделок и клиентов ему не видна. Расчёты остановлены.", "Верните ему права администратора или установите интеграцию снова от имени администратора."),
            ConnectionState.Unpaid => ("CRM не отвечает на запросы: аккаунт не оплачен или закрыт. Расчёты остановлены.", "Оплатите аккаунт. После оплаты работа продолжится сама в течение нескольких часов."),
            ConnectionState.Blocked => ("CRM отклоняет все запросы: заблокирован адрес сервера или сам аккаунт.", "Проверьте список разрешённых IP-адресов в CRM. Если адрес сервера в нём есть, попросите поддержку CRM снять блокировку."),
            ConnectionState.RenewalRefused => ("CRM отказывается продлевать доступ: секретный ключ или адрес перенаправления не совпадают с указанными в интеграции.", "Проверьте ClientSecret и RedirectUri в настройках сервера. Если ключ меняли, укажите новый."),
            ConnectionState.RenewalFailing => ("Продлить доступ пока не удаётся: CRM не отвечает. Сервер повторяет попытки сам.", "Если это длится больше часа, проверьте сеть между сервером и CRM."),
            ConnectionState.Throttled => ("CRM просит сделать паузу: запросов было слишком много. Сервер ждёт и продолжит сам.", "Если это повторяется, уменьшите Crm:RequestsPerSecond или проверьте другие интеграции аккаунта."),
            ConnectionState.Unreachable => ("CRM не отвечает. Сервер повторяет попытки сам.", "Если это длится больше часа, проверьте сеть между сервером и CRM и адрес аккаунта."),
            ConnectionState.Connected => ("Аккаунт подключён.", ""),
            ConnectionState.TokenEnding => ($"Долгосрочный токен действует до {day}, продлить его нельзя.", "Создайте новый токен на вкладке «Ключи» интеграции и передайте его серверу командой amoltv accounts connect."),
            ConnectionState.FiltersMissing => ("В аккаунте не включена фильтрация списков: ночью читается больше данных.", "На числа это не влияет. Чтобы ночь шла быстрее, включите «Фильтрацию» в CRM: Настройки → Счета и оплата."),
            ConnectionState.WebhooksSilent => ("CRM считает вебхуки включёнными, но они не приходят: изменения читаются раз в 15 минут.", "На числа это не влияет. Проверьте, что адрес сервера открыт из интернета; как только вебхук придёт, числа снова будут обновляться за минуту."),
            ConnectionState.WebhooksMissing => ("Тариф аккаунта не включает вебхуки: изменения читаются раз в 15 минут.", "На числа это не влияет. Чтобы они обновлялись за минуту, нужен тариф с вебхуками."),
            ConnectionState.NoticesOnlyInCrm => ("Уведомления приходят только в CRM: о потере связи в ней сообщить нельзя, пока интеграцию не установят снова.", "Чтобы узнать о потере связи сразу, добавьте почту или вебхук в настройках: «Задачи и уведомления»."),
            _ => throw new ArgumentOutOfRangeException(nameof(condition), condition.State, "No words."),
        };
    }

    /// <param name="condition">What holds.</param>
    /// <param name="zone">Of the account.</param>
    /// <returns>What is so, and the next step; that one is empty where there is nothing to do.</returns>
    public static (string Text, string NextStep) English(ConnectionCondition condition, TimeZoneInfo zone)
    {
        var day = Day(condition.Until, zone, EnglishCulture);
        return condition.State switch
        {
            ConnectionState.ErasurePlanned => ($"The integration was switched off. The account's data will be erased on {day}.", "To keep the data, let an administrator install the integration again before that day."),
            ConnectionState.NotConnected => ("The account is not connected.", "An administrator of the account must install the integration."),
            ConnectionState.Lost => ("The connection to the CRM is lost: it no longer accepts our access. Calculations have stopped; the data is kept.", "An administrator must install the integration again; work goes on from where it stopped."),
            ConnectionState.Suspended => ("The CRM says that the integration was switched off. Work rests until the CRM confirms it.", "If nobody switched it off, there is nothing to do: work goes on within minutes. If it was switched off by mistake, install it again."),
            ConnectionState.RightsLost => ("The user who connected the account is no longer an administrator and does not see every lead and client. Calculations have stopped.", "Give that user administrator's rights again, or let an administrator install the integration again."),
            ConnectionState.Unpaid => ("The CRM does not serve the account: it is unpaid or closed. Calculations have stopped.", "Pay for the account. Work then goes on by itself within hours."),
            ConnectionState.Blocked => ("The CRM refuses every request: the address of this server, or the account itself, is blocked.", "Check the CRM's list of permitted IP addresses. If the server's address is on it, ask the CRM's support to lift the block."),
            ConnectionState.RenewalRefused => ("The CRM refuses to renew access: the secret or the redirect address is not the integration's.", "Check ClientSecret and RedirectUri in the server's settings. If the secret was changed, enter the new one."),
            ConnectionState.RenewalFailing => ("Access cannot be renewed for now: the CRM does not answer. The server tries again by itself.", "If this lasts longer than an hour, check the network between the server and the CRM."),
            ConnectionState.Throttled => ("The CRM asks for a rest: there were too many requests. The server waits and goes on by itself.", "If this happens again and again, lower Crm:RequestsPerSecond, or look at the account's other integrations."),
            ConnectionState.Unreachable => ("The CRM does not answer. The server tries again by itself.", "If this lasts longer than an hour, check the network between the server and the CRM, and the account's address."),
            ConnectionState.Connected => ("The account is connected.", ""),
            ConnectionState.TokenEnding => ($"The long-lived token is valid until {day} and cannot be renewed.", "Create another one on the integration's Keys tab and give it to the server with amoltv accounts connect."),
            ConnectionState.FiltersMissing => ("The account has no filters on lists: each night reads more data.", "The numbers are the same. To shorten the night, switch on the paid option for filters in the CRM's billing settings."),
            ConnectionState.WebhooksSilent => ("The CRM calls its webhooks active, and they do not come: changes are read every 15 minutes.", "The numbers are the same. Check that the server can be reached from the Internet; as soon as a webhook comes, numbers follow within a minute again."),
            ConnectionState.WebhooksMissing => ("The account's plan has no webhooks: changes are read every 15 minutes.", "The numbers are the same. To have them within a minute, a plan with webhooks is needed."),
            ConnectionState.NoticesOnlyInCrm => ("Notices go to the CRM alone: a lost connection cannot be told there until the integration is installed again.", "To hear of a lost connection at once, add an e-mail address or a webhook in the settings, tab Tasks and notices."),
            _ => throw new ArgumentOutOfRangeException(nameof(condition), condition.State, "No words."),
        };
    }

    private static string Day(DateTimeOffset? moment, TimeZoneInfo zone, CultureInfo culture) =>
        moment is { } some ? TimeZoneInfo.ConvertTime(some, zone).ToString("d MMMM yyyy", culture) : "";
}
