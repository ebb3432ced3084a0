using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;

namespace AmoLtv.AmoCrm.Webhooks;

/// <summary>A key of a webhook's form that matters to us.</summary>
/// <param name="Root">What it speaks of.</param>
/// <param name="Kind">What happened to the card.</param>
/// <param name="CardLength">Bytes of the key that name the card within the form: <c>leads[update][0]</c>.</param>
/// <param name="Property">Which of its properties.</param>
internal readonly record struct HookKey(HookRoot Root, ChangeKind Kind, int CardLength, HookProperty Property)
{
    /// <param name="key">Decoded.</param>
    /// <param name="read">What it says.</param>
    /// <returns>False for keys that say nothing to us: fields, notes, tasks, and all that lies deeper.</returns>
    public static bool TryRead(ReadOnlySpan<byte> key, out HookKey read)
    {
        read = default;
        var bracket = key.IndexOf((byte)'[');
        if (bracket <= 0 || RootOf(key[..bracket]) is not { } root)
        {
            return false;
        }

        if (root == HookRoot.Account)
        {
            read = new HookKey(root, default, 0, HookProperty.Id);
            return key.SequenceEqual("account[id]"u8);
        }

        var rest = key[bracket..];
        if (!TrySegment(ref rest, out var action) || !TrySegment(ref rest, out _) || KindOf(action) is not { } kind)
        {
            return false;
        }

        var card = key.Length - rest.Length;
        if (!TrySegment(ref rest, out var property) || !rest.IsEmpty)
        {
            return false;
        }

        read = new HookKey(root, kind, card, PropertyOf(property));
        return true;
    }

    /// <summary>Kinds of card that a root and the property <c>type</c> name; without a type, contacts and companies look alike.</summary>
    public static IReadOnlyList<EntityType> Entities(HookRoot root, EntityType? type) => root switch
    {
        HookRoot.Leads => [EntityType.Lead],
        HookRoot.Companies => [EntityType.Company],
        _ when type is { } known => [known],
        _ => [EntityType.Contact, EntityType.Company],
    };

    private static HookRoot? RootOf(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("leads"u8) ? HookRoot.Leads
        : word.SequenceEqual("contacts"u8) ? HookRoot.Contacts
        : word.SequenceEqual("companies"u8) ? HookRoot.Companies
        : word.SequenceEqual("account"u8) ? HookRoot.Account
        : null;

    /// <summary>A note changes no number. An action that is new to us has changed the card somehow.</summary>
    private static ChangeKind? KindOf(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("delete"u8) ? ChangeKind.Deleted
        : word.SequenceEqual("restore"u8) ? ChangeKind.Restored
        : word.SequenceEqual("note"u8) ? null
        : ChangeKind.Changed;

    private static HookProperty PropertyOf(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("id"u8) ? HookProperty.Id
        : word.SequenceEqual("type"u8) ? HookProperty.Type
        : word.SequenceEqual("updated_at"u8) || word.SequenceEqual("last_modified"u8) ? HookProperty.ChangedAt
        : HookProperty.Other;

    private static bool TrySegment(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> segment)
    {
        segment = default;
        var close = rest.IndexOf((byte)']');
        if (close < 1 || rest[0] != '[')
        {
            return false;
        }

        segment = rest[1..close];
        rest = rest[(close + 1)..];
        return true;
    }
}
