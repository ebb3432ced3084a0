namespace AmoLtv.Host.Callers;

/// <summary>What a page opened outside the CRM sends for its cookie.</summary>
public sealed record CodeExchange(string? Code);
