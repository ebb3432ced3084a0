using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Pacing;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace AmoLtv.Host.Exchanges;

/// <summary>SQL of the log of calls.</summary>
public sealed class ExchangeStore(NpgsqlDataSource database, AccountNumbers accounts)
{
    /// <summary>Writes exchanges in one COPY.</summary>
    public async Task AddAsync(IReadOnlyList<CrmExchange> exchanges, CancellationToken cancellationToken)
    {
        var numbers = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var key in exchanges.Select(exchange => exchange.Key).DistinctBy(key => key.Origin))
        {
            numbers[key.Origin] = (await accounts.FindAsync(key, cancellationToken))?.Value ?? 0;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var gone = await ListGoneAsync(connection, numbers.Values, cancellationToken);
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy crm_exchanges (account_id, day_slot, client_id, at, method, path, status, failure, duration_ms, request_id, attempt, is_interactive)
            from stdin (format binary)
            """,
            cancellationToken);
        foreach (var exchange in exchanges.Where(exchange => !gone.Contains(numbers[exchange.Key.Origin])))
        {
            await copy.StartRowAsync(cancellationToken);
            await WriteAsync(copy, exchange, numbers[exchange.Key.Origin], cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    /// <summary>Accounts that were erased since their calls were made: nothing of them is stored again.</summary>
    private static async Task<HashSet<long>> ListGoneAsync(NpgsqlConnection connection, IEnumerable<long> numbers, CancellationToken cancellationToken) =>
    [
        .. await connection.QueryAsync<long>(new CommandDefinition(
            "select number from unnest(@Numbers) number where number <> 0 and not exists (select from accounts where account_id = number)",
            new { Numbers = numbers.Distinct().ToArray() },
            cancellationToken: cancellationToken)),
    ];

    /// <summary>The newest exchanges of an account before one of them.</summary>
    /// <param name="before">Id to stop short of, null for the newest.</param>
    public async Task<IReadOnlyList<LoggedExchange>> ListAsync(AccountId account, long? before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<ExchangeRow>(new CommandDefinition(
            """
            select exchange_id, at, method, path, status, failure, duration_ms, request_id, attempt::int as attempt, client_id, is_interactive
            from crm_exchanges
            where account_id = @Account and exchange_id < coalesce(@Before, 9223372036854775807)
            order by exchange_id desc
            limit @Limit
            """,
            new { Account = account.Value, Before = before, Limit = limit },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.Read())];
    }

    /// <summary>Empties partitions that are not empty yet.</summary>
    public async Task EmptyAsync(IReadOnlyList<int> slots, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        foreach (var slot in slots)
        {
            if (await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
                $"select exists (select 1 from crm_exchanges_{slot})", cancellationToken: cancellationToken)))
            {
                // A writer in the middle of its COPY is not waited for: the next round finds the rows again.
                await connection.ExecuteAsync(new CommandDefinition(
                    $"set lock_timeout = '2s'; truncate crm_exchanges_{slot}; reset lock_timeout", cancellationToken: cancellationToken));
            }
        }
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, CrmExchange exchange, long account, CancellationToken cancellationToken)
    {
        await copy.WriteAsync(account, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync((short)ExchangeDays.SlotOf(exchange.At), NpgsqlDbType.Smallint, cancellationToken);
        await copy.WriteAsync(exchange.Key.ClientId, NpgsqlDbType.Text, cancellationToken);
        await copy.WriteAsync(exchange.At.UtcDateTime, NpgsqlDbType.TimestampTz, cancellationToken);
        await copy.WriteAsync(exchange.Method, NpgsqlDbType.Text, cancellationToken);
        await copy.WriteAsync(exchange.Path.Replace("\0", "", StringComparison.Ordinal), NpgsqlDbType.Text, cancellationToken);
        await NullableAsync(copy, exchange.Status, NpgsqlDbType.Integer, cancellationToken);
        await NullableAsync(copy, Words(exchange), NpgsqlDbType.Text, cancellationToken);
        await copy.WriteAsync((int)Math.Min(exchange.Duration.TotalMilliseconds, int.MaxValue), NpgsqlDbType.Integer, cancellationToken);
        await NullableAsync(copy, exchange.RequestId?.Replace("\0", "", StringComparison.Ordinal), NpgsqlDbType.Text, cancellationToken);
        await copy.WriteAsync((short)exchange.Attempt, NpgsqlDbType.Smallint, cancellationToken);
        await copy.WriteAsync(exchange.Lane == RequestLane.Interactive, NpgsqlDbType.Boolean, cancellationToken);
    }

    private static Task NullableAsync<T>(NpgsqlBinaryImporter copy, T value, NpgsqlDbType type, CancellationToken cancellationToken) =>
        value is null ? copy.WriteNullAsync(cancellationToken) : copy.WriteAsync(value, type, cancellationToken);

    private static string? Words(CrmExchange exchange) => exchange switch
    {
        { Status: not null } => null,
        { Failure: CrmFailure.Timeout } => "no answer in time",
        { Failure: CrmFailure.Unreachable } => "no connection",
        _ => "given up",
    };

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

        public required string ClientId { get; init; }

        public required bool IsInteractive { get; init; }

        public LoggedExchange Read() =>
            new(ExchangeId, new DateTimeOffset(At), Method, Path, Status, Failure, DurationMs, RequestId, Attempt, ClientId, IsInteractive);
    }
}
