namespace AmoLtv.Host.Observing;

/// <summary>Accounts that are asked nothing for the time being.</summary>
/// <param name="Cause"><c>blocked</c>, <c>unpaid</c> or <c>throttled</c>.</param>
/// <param name="Circuits">How many.</param>
internal sealed record CountedCircuits(string Cause, long Circuits);
