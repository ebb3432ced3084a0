namespace AmoLtv.Host.Exchanges;

/// <summary>The log of calls to the CRM (section <c>Exchanges</c>).</summary>
public sealed class ExchangeOptions
{
    public const string Section = "Exchanges";

    /// <summary>Days that the log is kept, 1 to <see cref="ExchangeDays.MostKept"/>, besides the current one.</summary>
    public int KeepDays { get; init; } = 3;
}
