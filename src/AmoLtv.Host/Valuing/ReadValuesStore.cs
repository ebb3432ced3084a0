using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Settings;
using Npgsql;

namespace AmoLtv.Host.Valuing;

/// <summary>Holds a valuation back that would take values not read yet for empty ones.</summary>
public sealed class ReadValuesStore(NpgsqlDataSource database)
{
    private readonly UnreadValueStore _unread = new(database);

    /// <exception cref="CommandFailedException">The settings need custom fields or stages that the last whole sync did not read.</exception>
    public async Task RequireAsync(AccountId account, AccountSettings settings, CancellationToken cancellationToken)
    {
        var missing = (await _unread.FindAsync(account, settings, cancellationToken))
            .Select(value => value.Field is { } field
                ? $"the custom field {field} of {Words(value.Entity)}"
                : $"the changes of leads into stage {value.Stage}")
            .ToList();
        if (missing.Count > 0)
        {
            throw new CommandFailedException(
                $"The settings of account {account} need values that were not read yet ({string.Join(", ", missing)}): "
                + $"run amoltv sync --account {account} first. The results stay as they were.");
        }
    }

    private static string Words(EntityType entity) => entity switch
    {
        EntityType.Lead => "leads",
        EntityType.Company => "companies",
        _ => "contacts",
    };
}
