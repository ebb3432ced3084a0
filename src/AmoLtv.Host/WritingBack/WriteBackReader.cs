using System.Text.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;
using Npgsql;

namespace AmoLtv.Host.WritingBack;

/// <summary>Reads how an account is written to; the CRM is not asked.</summary>
public sealed class WriteBackReader(NpgsqlDataSource database)
{
    public async Task<WriteBackDocument> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await ReadAsync(connection, account, cancellationToken);
    }

    public static async Task<WriteBackDocument> ReadAsync(NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken)
    {
        var known = await OutputFieldStore.ListAllAsync(connection, account, cancellationToken);
        var saved = await WriteBackSettingsStore.GetAsync(connection, account, cancellationToken);
        var isEnglish = await OutputFieldStore.IsEnglishAsync(connection, account, cancellationToken);
        return new WriteBackDocument(
            known.Any(row => row.IsChosen),
            saved.CardsPerMinute,
            saved.MinutesARun,
            saved.PausedBy?.Value,
            saved.Language,
            [
                .. from entity in OutputFieldStore.Entities
                   from output in OutputFields.Of(entity)
                   select OutputOf(entity, output, isEnglish, known.FirstOrDefault(row => row.Entity == entity && row.Output == output)),
            ]);
    }

    private static WriteBackOutput OutputOf(EntityType entity, OutputField output, bool isEnglish, OutputFieldRow? row) => new(
        CardWords.One(entity),
        output.Output,
        output.Code,
        JsonNamingPolicy.CamelCase.ConvertName(output.Type.ToString()),
        row?.CrmName ?? (isEnglish ? output.EnglishName : output.RussianName),
        row?.Field.Value,
        row?.IsOurs ?? false,
        row?.IsOn ?? false,
        row?.OffReason,
        row is { IsOn: true } ? row.Trouble : null);
}
