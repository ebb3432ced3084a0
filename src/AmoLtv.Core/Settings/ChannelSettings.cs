using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Settings;

/// <summary>Where the channel of a client comes from: from its first won lead.</summary>
public sealed record ChannelSettings
{
    public ChannelKind Kind { get; init; }

    /// <summary>Select or text custom field of the lead.</summary>
    public FieldId? Field { get; init; }

    /// <summary>Tags that are channels; of several on one lead the first in this list.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}
