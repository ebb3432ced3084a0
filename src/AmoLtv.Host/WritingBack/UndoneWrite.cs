using AmoLtv.Core.Identity;

namespace AmoLtv.Host.WritingBack;

/// <summary>A field that a run wrote and that is to be taken back.</summary>
public sealed record UndoneWrite(long EntityId, long FieldId, string? Before, string? After)
{
    public FieldId Field => new(FieldId);
}
