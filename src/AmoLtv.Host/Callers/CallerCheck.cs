namespace AmoLtv.Host.Callers;

/// <summary>Says of an endpoint that callers are checked, and which role they need at least. A test holds that every endpoint of the API has one.</summary>
public sealed record CallerCheck(Role Least);
