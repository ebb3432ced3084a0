using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using Microsoft.Extensions.Caching.Memory;

namespace AmoLtv.Host.Valuing.Previewing;

/// <summary>
/// Leads for previews, kept for half a minute: whoever moves a slider asks several times a second. Large accounts are tried on a
/// sample of whole customers.
/// </summary>
internal sealed class PreviewedLeads(LeadStore leads) : IDisposable
{
    /// <summary>More are not valued twice within half a second.</summary>
    private const int MostLeads = 20_000;

    public const int MostAccounts = 8;

    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostAccounts });
    private readonly SemaphoreSlim _reading = new(1);

    /// <param name="account">The account.</param>
    /// <param name="fields">Custom fields whose values are needed.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<LeadSample> ReadAsync(AccountId account, IReadOnlySet<FieldId> fields, CancellationToken cancellationToken)
    {
        var key = $"{account}:{string.Join(',', fields.Order(Comparer<FieldId>.Create((one, other) => one.Value.CompareTo(other.Value))))}";
        if (_kept.TryGetValue(key, out LeadSample? kept))
        {
            return kept!;
        }

        await _reading.WaitAsync(cancellationToken);
        try
        {
            return _kept.TryGetValue(key, out kept)
                ? kept!
                : _kept.Set(
                    key,
                    await LoadAsync(account, fields, cancellationToken),
                    new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = KeptFor, Size = 1 });
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<LeadSample> LoadAsync(AccountId account, IReadOnlySet<FieldId> fields, CancellationToken cancellationToken)
    {
        var total = await leads.CountAsync(account, cancellationToken);
        var sampleOf = (int)Math.Max(1, (total + MostLeads - 1) / MostLeads);
        var whole = new VerdictScope(null, IsWhole: true, IsBasisNew: false);
        var read = new List<Lead>((int)Math.Min(total, MostLeads * 2));
        await foreach (var (lead, _) in leads.StreamAsync(account, whole, new HashSet<LeadId>(), default, [.. fields], sampleOf, cancellationToken))
        {
            read.Add(lead);
        }

        return new LeadSample(read, total, sampleOf == 1);
    }

    public void Dispose()
    {
        _kept.Dispose();
        _reading.Dispose();
    }
}
