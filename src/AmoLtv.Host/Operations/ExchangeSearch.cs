using System.Globalization;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Settings;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Operations;

/// <summary>Looks through the log of calls to the CRM.</summary>
public sealed class ExchangeSearch(NpgsqlDataSource database)
{
    /// <summary>The newest first.</summary>
    /// <param name="account">The account.</param>
    /// <param name="status">ok (2xx), refused (4xx), failing (5xx), none (no answer), trouble (all but ok); else all.</param>
    /// <param name="path">A part of the address, in any case; null or empty for all.</param>
    /// <param name="cursor">As <see cref="Paged{T}.Next"/> gave it.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Paged<ExchangeAnswer>> ListAsync(
        AccountId account, string? status, string? path, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var chosen = status switch
        {
            "ok" => "and status between 200 and 299",
            "refused" => "and status between 400 and 499",
            "failing" => "and status >= 500",
            "none" => "and status is null",
            "trouble" => "and (status is null or status >= 400)",
            _ => "",
        };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<ExchangeRow>(new CommandDefinition(
            $"""
            select exchange_id, at, method, path, status, failure, duration_ms, request_id, attempt::int as attempt, is_interactive
            from crm_exchanges
            where account_id = @Account and exchange_id < @Before {chosen} and (@Path is null or strpos(lower(path), lower(@Path)) > 0)
            order by exchange_id desc
            limit @Limit
            """,
            new
            {
                Account = account.Value,
                Before = PageSize.Numbers(cursor, 1)?[0] ?? long.MaxValue,
                Path = string.IsNullOrWhiteSpace(path) ? null : path.Trim().Replace("\0", "", StringComparison.Ordinal),
                Limit = limit + 1,
            },
            cancellationToken: cancellationToken));
        var part = PageSize.Page(rows.AsList(), limit, row => row.ExchangeId.ToString(CultureInfo.InvariantCulture));
        return part.Select(row => row.Read());
    }

    private sealed class ExchangeRow
    {
        public required long ExchangeId { get; init; }

        public required DateTime At { get; init; }

        public required string Method { get; init; }

        public required string Path { get; init; }

        public int? Status { get; init; }

        public string? Failure { get; init; }

        public required int DurationMs { get; init; }

        public string? RequestId { get; init; }

        public required int Attempt { get; init; }

        public required bool IsInteractive { get; init; }

        public ExchangeAnswer Read() => new(ExchangeId, At, Method, Path, Status, Failure, DurationMs, RequestId, Attempt, IsInteractive);
    }
}
