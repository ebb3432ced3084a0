using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AmoLtv.Host.Observing;

/// <summary>
/// Whether this process can do its work, found out at most once a second: anybody may ask, and a flood of questions must not become a flood of
/// statements.
/// </summary>
internal sealed class Readiness(HealthCheckService checks) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _asking = new(1, 1);
    private (HealthReport Report, long At)? _last;

    public async Task<HealthReport> AskAsync()
    {
        // Never cut short by who asks: the next one has the answer.
        await _asking.WaitAsync(CancellationToken.None);
        try
        {
            if (_last is not { } last || TimeProvider.System.GetElapsedTime(last.At) >= Kept)
            {
                _last = last = (await checks.CheckHealthAsync(CancellationToken.None), TimeProvider.System.GetTimestamp());
            }

            return last.Report;
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();
}
