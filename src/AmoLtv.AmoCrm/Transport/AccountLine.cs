namespace AmoLtv.AmoCrm.Transport;

/// <summary>What every call of one (integration, account) passes in this process.</summary>
internal sealed record AccountLine(BudgetKey Key, RequestPacer Pacer, Circuit Circuit);
