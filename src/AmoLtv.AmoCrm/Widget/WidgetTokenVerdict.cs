namespace AmoLtv.AmoCrm.Widget;

/// <summary>What a token turned out to be.</summary>
/// <param name="Claims">Null unless the outcome is <see cref="WidgetTokenOutcome.Valid"/>.</param>
public sealed record WidgetTokenVerdict(WidgetTokenOutcome Outcome, WidgetClaims? Claims)
{
    /// <summary>The last check, for which the account must be looked up: a valid token of another host is <see cref="WidgetTokenOutcome.WrongIssuer"/>.</summary>
    public WidgetTokenVerdict For(Uri accountAddress) =>
        Claims is { } claims && !claims.IsIssuedBy(accountAddress) ? new WidgetTokenVerdict(WidgetTokenOutcome.WrongIssuer, null) : this;
}
