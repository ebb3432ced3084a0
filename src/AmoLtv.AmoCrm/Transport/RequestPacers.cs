using System.Collections.Concurrent;

namespace AmoLtv.AmoCrm.Transport;

/// <summary>
/// The pacers of this process, one for each (integration, account). The account is known here by its host,
/// since the first calls of an install are made before its number is known.
/// </summary>
public sealed class RequestPacers(CrmTransportOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string ClientId, string Host), RequestPacer> _pacers = new();

    public RequestPacer For(string clientId, Uri baseAddress) =>
        _pacers.GetOrAdd((clientId, baseAddress.Authority), _ => new RequestPacer(options.RequestsPerSecond, time));
}
