using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm.Fields;

/// <summary>How many elements the next batch of changes may have: halved when the CRM runs out of time on one, raised again while it does not.</summary>
/// <param name="Limit">Elements, at least 1.</param>
/// <param name="Accepted">Batches in a row that the CRM took at this size.</param>
public readonly record struct BatchSize(int Limit, int Accepted = 0)
{
    private const int AcceptedBeforeMore = 10;

    /// <summary>The most elements of a batch that the vendor recommends.</summary>
    public static BatchSize Largest { get; } = new(AmoCrmClient.BatchSize);

    /// <summary>After a batch of <paramref name="sent"/> elements failed. Only 504 is a matter of size.</summary>
    public BatchSize After(CrmFailure failure, int sent) =>
        failure == CrmFailure.GatewayTimeout ? new BatchSize(Math.Max(1, Math.Min(Limit, sent / 2))) : this with { Accepted = 0 };

    /// <summary>After a batch was taken.</summary>
    public BatchSize AfterAccepted() =>
        Limit >= Largest.Limit ? this
        : Accepted + 1 < AcceptedBeforeMore ? this with { Accepted = Accepted + 1 }
        : new BatchSize(Math.Min(Largest.Limit, Limit + Math.Max(1, Limit / 2)));
}
