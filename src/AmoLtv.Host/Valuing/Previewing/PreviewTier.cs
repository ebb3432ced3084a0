namespace AmoLtv.Host.Valuing.Previewing;

/// <summary>A tier and what it holds.</summary>
public sealed record PreviewTier(string Code, string Name, string Color, int Clients, decimal Value);
