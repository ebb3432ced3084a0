namespace AmoLtv.Host.Callers;

/// <summary>Who looks at a page, at which account, and how that account does.</summary>
/// <param name="Basis"><c>revenue</c> or <c>margin</c>; null while the account was not valued.</param>
/// <param name="AsOf">What the numbers are as of; null as <paramref name="Basis"/> is.</param>
/// <param name="ValuedAt">When they were computed.</param>
public sealed record MeAnswer(
    MeAnswer.AccountPart Account, MeAnswer.UserPart User, Role Role, string? Basis, DateOnly? AsOf, DateTimeOffset? ValuedAt, MeAnswer.ConnectionPart Connection)
{
    /// <param name="Address">Of the account, without a slash at its end: links to its cards begin with it.</param>
    /// <param name="Brand"><c>amocrm</c> or <c>kommo</c>.</param>
    /// <param name="Currency">ISO code.</param>
    /// <param name="TimeZone">IANA name.</param>
    public sealed record AccountPart(long Id, string Name, string Address, string Brand, string Currency, string CurrencySymbol, string TimeZone);

    public sealed record UserPart(long Id);

    /// <param name="State">Name of a state of the connection, as <c>/api/connection</c> explains it.</param>
    /// <param name="IsWorking">Whether nights, hooks and writes go on.</param>
    public sealed record ConnectionPart(string State, bool IsWorking);
}
