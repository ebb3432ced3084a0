namespace AmoLtv.Host.WritingBack;

/// <summary>A custom field of the CRM that a number could go into.</summary>
public sealed record WriteBackField(long Id, string Name, string Type);
