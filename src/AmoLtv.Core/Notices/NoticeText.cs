using System.Globalization;

namespace AmoLtv.Core.Notices;

/// <summary>What the admin reads: what happened, what it means and what to do.</summary>
public static class NoticeText
{
    /// <param name="kind">What happened.</param>
    /// <param name="isEnglish">Else Russian.</param>
    public static string Title(IncidentKind kind, bool isEnglish) => (kind, isEnglish) switch
    {
        (IncidentKind.NightFailed, true) => "Customer LTV: the nightly calculation failed",
        (IncidentKind.NightFailed, _) => "LTV клиента: ночной расчёт не удался",
        (IncidentKind.ConnectionLost, true) => "Customer LTV: the connection to the CRM is lost",
        (IncidentKind.ConnectionLost, _) => "LTV клиента: связь с CRM потеряна",
        (IncidentKind.FieldOff, true) => "Customer LTV: fields were deleted or changed",
        (IncidentKind.FieldOff, _) => "LTV клиента: поля удалены или изменены",
        (IncidentKind.Trial, true) => "Customer LTV: a test message",
        (IncidentKind.Trial, _) => "LTV клиента: проверочное сообщение",
        (IncidentKind.FieldConflict, true) => "Customer LTV: something else writes the same fields",
        _ => "LTV клиента: те же поля заполняет кто-то ещё",
    };

    /// <param name="incident">What happened.</param>
    /// <param name="account">Name of the account, or its number.</param>
    /// <param name="isEnglish">Else Russian.</param>
    /// <param name="marker">Ends the text.</param>
    public static string Body(Incident incident, string account, bool isEnglish, string marker)
    {
        var words = (incident.Kind, isEnglish) switch
        {
            (IncidentKind.NightFailed, true) =>
                $"The last nightly calculation of {account} failed; the numbers shown are those of the calculation before. Reason: {incident.Detail} "
                + "It is tried again by itself; if it fails again, look at the runs in the settings.",
            (IncidentKind.NightFailed, _) =>
                $"Последний ночной расчёт аккаунта {account} не удался; показаны числа предыдущего расчёта. Причина: {incident.Detail} "
                + "Попытка повторится сама; если снова не получится, посмотрите журнал расчётов в настройках.",
            (IncidentKind.ConnectionLost, true) =>
                $"The connection of {account} is lost: nothing is read, calculated or written. An administrator of the account must install "
                + $"the integration again; nothing is lost, work goes on from where it stopped. Reason: {incident.Detail}",
            (IncidentKind.ConnectionLost, _) =>
                $"Связь с аккаунтом {account} потеряна: данные не читаются, не пересчитываются и не записываются. Администратору аккаунта нужно "
                + $"установить интеграцию заново; ничего не потеряно, работа продолжится с того же места. Причина: {incident.Detail}",
            (IncidentKind.FieldOff, true) =>
                $"Fields of {account} that results were written into were deleted or their type was changed: {incident.Detail}. Nothing is written "
                + "into them, the others are kept up to date. To have them back, enable write-back in the settings again.",
            (IncidentKind.FieldOff, _) =>
                $"В аккаунте {account} удалены или изменены поля, в которые записывались результаты: {incident.Detail}. В них ничего не пишется, "
                + "остальные поля обновляются. Чтобы вернуть их, включите запись результатов в настройках ещё раз.",
            (IncidentKind.Trial, true) => $"Messages about {account} arrive here. Nothing has happened, there is nothing to do. Reason: {incident.Detail}.",
            (IncidentKind.Trial, _) => $"Сообщения об аккаунте {account} приходят сюда. Ничего не случилось, делать ничего не нужно. Причина: {incident.Detail}.",
            (IncidentKind.FieldConflict, true) =>
                $"Another automation of {account} writes into the same fields: {incident.Detail} fields of cards are left alone. Let it write into other "
                + "fields, then enable write-back in the settings again.",
            _ =>
                $"Другая автоматизация аккаунта {account} пишет в те же поля: {incident.Detail} полей карточек оставлены без изменений. Настройте её на другие "
                + "поля, затем включите запись результатов в настройках ещё раз.",
        };
        return $"{words} ({marker})";
    }

    /// <summary>One line of a lost connection that is over.</summary>
    /// <param name="isEnglish">Else Russian.</param>
    public static string LateTitle(bool isEnglish) =>
        isEnglish ? "Customer LTV: the connection to the CRM was lost and is back" : "LTV клиента: связь с CRM терялась и восстановлена";

    /// <summary>What is told of a lost connection once it is over.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="account">Name of the account, or its number.</param>
    /// <param name="zone">Of the account.</param>
    /// <param name="isEnglish">Else Russian.</param>
    /// <param name="marker">Ends the text.</param>
    public static string LateBody(UntoldLoss loss, string account, TimeZoneInfo zone, bool isEnglish, string marker)
    {
        var (from, to) = (Moment(loss.Incident.OpenedAt, zone), Moment(loss.ClosedAt, zone));
        var words = isEnglish
            ? $"The connection of {account} was lost from {from} to {to}, and nobody could be told while it lasted. It works again, "
              + "and the work goes on from where it stopped: nothing is lost. To hear of it at once, add an e-mail address or a webhook to the notices. "
              + $"Reason: {loss.Incident.Detail}"
            : $"С {from} до {to} не было связи с аккаунтом {account}; сообщить об этом сразу было некуда. Связь восстановлена, "
              + "работа продолжается с того же места, ничего не потеряно. Чтобы узнавать сразу, добавьте к уведомлениям почту или вебхук. "
              + $"Причина: {loss.Incident.Detail}";
        return $"{words} ({marker})";
    }

    private static string Moment(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
