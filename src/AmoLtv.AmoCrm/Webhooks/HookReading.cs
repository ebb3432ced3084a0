using System.Text;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;

namespace AmoLtv.AmoCrm.Webhooks;

/// <summary>Puts the keys of a webhook's form together to cards. Keys of one card follow each other; where they do not, they are found again.</summary>
internal sealed class HookReading(int mostCards)
{
    private readonly List<Card> _cards = [];
    private Dictionary<string, Card>? _byName;
    private AccountId? _account;
    private bool _isCut;

    public void Take(HookKey key, ReadOnlySpan<byte> cardName, ReadOnlySpan<byte> value)
    {
        if (key.Root == HookRoot.Account)
        {
            _account = HookForm.Number(value) is { } account ? new AccountId(account) : null;
            return;
        }

        if (Find(key, cardName) is not { } card)
        {
            _isCut = true;
            return;
        }

        switch (key.Property)
        {
            case HookProperty.Id:
                card.Id = HookForm.Number(value);
                break;
            case HookProperty.Type:
                card.Type = value.SequenceEqual("company"u8) ? EntityType.Company : value.SequenceEqual("contact"u8) ? EntityType.Contact : null;
                break;
            case HookProperty.ChangedAt:
                // Two names of one time; the later one is believed.
                card.ChangedAt = HookForm.Time(value) is { } time && !(time < card.ChangedAt) ? time : card.ChangedAt;
                break;
            default:
                break;
        }
    }

    public HookContent Content()
    {
        var marks = _cards
            .Where(card => card.Id is not null)
            .SelectMany(card => HookKey.Entities(card.Root, card.Type).Select(entity => new ChangeMark(entity, card.Id!.Value, card.Kind, card.ChangedAt)))
            .Distinct()
            .ToList();
        return new HookContent(_account, marks, !_isCut && _cards.TrueForAll(card => card.Id is not null));
    }

    private Card? Find(HookKey key, ReadOnlySpan<byte> name)
    {
        if (_cards.Count > 0 && name.SequenceEqual(_cards[^1].Name))
        {
            return _cards[^1];
        }

        _byName ??= _cards.ToDictionary(card => Encoding.UTF8.GetString(card.Name), StringComparer.Ordinal);
        var text = Encoding.UTF8.GetString(name);
        if (_byName.TryGetValue(text, out var known))
        {
            return known;
        }

        if (_cards.Count == mostCards)
        {
            return null;
        }

        var card = new Card(name.ToArray(), key.Root, key.Kind);
        _cards.Add(card);
        _byName.Add(text, card);
        return card;
    }

    private sealed class Card(byte[] name, HookRoot root, ChangeKind kind)
    {
        public byte[] Name { get; } = name;

        public HookRoot Root { get; } = root;

        public ChangeKind Kind { get; } = kind;

        public long? Id { get; set; }

        public EntityType? Type { get; set; }

        public DateTimeOffset? ChangedAt { get; set; }
    }
}
