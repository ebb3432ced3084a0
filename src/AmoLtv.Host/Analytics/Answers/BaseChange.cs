namespace AmoLtv.Host.Analytics.Answers;

/// <summary>The base against an earlier day. Money in the account's currency.</summary>
/// <param name="Since">The day compared with.</param>
/// <param name="Clients">Clients now less clients then.</param>
/// <param name="Value">Value now less value then.</param>
internal sealed record BaseChange(DateOnly Since, int Clients, decimal Value)
{
    /// <summary>Against the last day at least a month old, or the oldest there is; null where there is only one.</summary>
    public static BaseChange? Of(IReadOnlyList<BaseDay> days)
    {
        if (days.Count < 2)
        {
            return null;
        }

        var now = days[^1];
        var then = days.LastOrDefault(day => day.Day <= now.Day.AddMonths(-1)) ?? days[0];
        return new BaseChange(then.Day, now.Clients - then.Clients, now.Value - then.Value);
    }
}
