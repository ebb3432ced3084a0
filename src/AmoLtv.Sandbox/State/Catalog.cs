namespace AmoLtv.Sandbox.State;

/// <summary>A list of the account.</summary>
/// <param name="Type"><c>regular</c>, <c>invoices</c> or <c>products</c>; at most one of each of the last two.</param>
public sealed record Catalog(long Id, string Name, string Type, int Sort);
