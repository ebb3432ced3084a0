namespace AmoLtv.Host.Settings;

/// <summary>A channel and how many counted purchases have it.</summary>
public sealed record CatalogChannel(string Name, int Purchases);
