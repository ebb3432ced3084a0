namespace AmoLtv.Core.Settings;

/// <summary>What of a lead names its channel.</summary>
public enum ChannelKind
{
    None = 0,
    Field = 1,
    Source = 2,
    Tag = 3,
}
