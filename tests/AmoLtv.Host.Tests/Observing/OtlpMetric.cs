namespace AmoLtv.Host.Tests.Observing;

/// <summary>One metric that was received, with the attributes of each of its points.</summary>
internal sealed record OtlpMetric(string Name, string Unit, IReadOnlyList<IReadOnlyDictionary<string, string>> Points);
