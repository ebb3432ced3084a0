using System.Collections.Frozen;
using AmoLtv.Host.Database;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Callers;

/// <summary>
/// Origins of the accounts, all of them in memory: a browser asks for leave before anybody looks how often it asks, and anybody can send
/// any origin. However many come, they are read once in a few seconds.
/// </summary>
public sealed class KnownOrigins(InteractivePool database, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromMinutes(1);

    /// <summary>Shorter: the account may be connected any moment.</summary>
    private static readonly TimeSpan UnknownFor = TimeSpan.FromSeconds(10);

    /// <summary>So long after a failure nobody asks again: all cards would wait for it one after another.</summary>
    private static readonly TimeSpan QuietFor = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Reading _last = new([], DateTimeOffset.MinValue);
    private volatile Reading? _failed;

    /// <summary>How often they were read.</summary>
    public int Readings { get; private set; }

    public async Task<bool> ContainsAsync(string origin, CancellationToken cancellationToken)
    {
        if (Answer(origin) is { } known)
        {
            return known;
        }

        await _reading.WaitAsync(cancellationToken);
        try
        {
            return Answer(origin) ?? (await ReadAsync(cancellationToken)).Contains(origin);
        }
        catch (NpgsqlException)
        {
            // Without leave a browser would hide from the page even that the database is away.
            _failed = _last with { At = time.GetUtcNow() };
            return _failed.Origins.Contains(origin);
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    /// <summary>Null where it has to be read.</summary>
    private bool? Answer(string origin)
    {
        var last = _last;
        if (_failed is { } failed && time.GetUtcNow() - failed.At < QuietFor)
        {
            return failed.Origins.Contains(origin);
        }

        var age = time.GetUtcNow() - last.At;
        var isKnown = last.Origins.Contains(origin);
        return age < (isKnown ? KnownFor : UnknownFor) ? isKnown : null;
    }

    private async Task<FrozenSet<string>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var origins = (await connection.QueryAsync<string>(new CommandDefinition("select base_uri from accounts", cancellationToken: cancellationToken)))
            .ToFrozenSet(StringComparer.Ordinal);
        Readings++;
        _failed = null;
        _last = new Reading(origins, time.GetUtcNow());
        return origins;
    }

    private sealed record Reading(FrozenSet<string> Origins, DateTimeOffset At);
}
