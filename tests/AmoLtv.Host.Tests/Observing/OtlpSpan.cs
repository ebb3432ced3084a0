namespace AmoLtv.Host.Tests.Observing;

/// <summary>One span that was received. The ids are hexadecimal; the parent of a root is empty.</summary>
internal sealed record OtlpSpan(string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Attributes);
