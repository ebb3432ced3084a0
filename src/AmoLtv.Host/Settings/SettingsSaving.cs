using System.Text.Json;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Callers;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace AmoLtv.Host.Settings;

/// <summary>Saves settings for a person at a page: checked, never over what somebody else has saved meanwhile, and the numbers asked for anew.</summary>
public sealed class SettingsSaving(SettingsStore store, FollowedChange followed, FreshnessStore freshness)
{
    private const int LongestComment = 500;

    /// <exception cref="InvalidSettingsException">The settings cannot be used.</exception>
    /// <exception cref="JsonException">They are no settings.</exception>
    public Task<Results<JsonHttpResult<SettingsSaved>, ProblemHttpResult>> SaveAsync(Caller caller, SettingsSave body, CancellationToken cancellationToken)
    {
        var settings = SettingsBody.Read(body.Settings);
        return SaveAsync(caller, settings, body.BasedOn, body.Comment, cancellationToken);
    }

    /// <summary>Goes back to a version by saving it anew: what came after it stays in the list.</summary>
    /// <exception cref="InvalidSettingsException">The version names what the account no longer has.</exception>
    public async Task<Results<JsonHttpResult<SettingsSaved>, ProblemHttpResult>> RestoreAsync(
        Caller caller, int version, SettingsRestore body, CancellationToken cancellationToken) =>
        await store.FindAsync(caller.Account, version, cancellationToken) is { } saved
            ? await SaveAsync(caller, saved.Settings, body.BasedOn, body.Comment, cancellationToken)
            : SettingsProblem.NotThere($"There is no version {version} of the settings.");

    private async Task<Results<JsonHttpResult<SettingsSaved>, ProblemHttpResult>> SaveAsync(
        Caller caller, AccountSettings settings, int basedOn, string? comment, CancellationToken cancellationToken)
    {
        if (comment?.Length > LongestComment || comment?.Contains('\0', StringComparison.Ordinal) == true)
        {
            return SettingsProblem.Wrong("comment", $"A comment has at most {LongestComment} characters.");
        }

        var before = await store.FindAsync(caller.Account, basedOn, cancellationToken);
        var why = string.IsNullOrWhiteSpace(comment) ? null : comment.Trim();
        SavedSettings? saved = null;
        // From here on a page that is left breaks nothing off.
        var fresh = await followed.MakeAsync(
            async connection =>
            {
                saved = await store.SaveAsync(connection, caller.Account, settings, basedOn, caller.User.ToString(), why, CancellationToken.None);
                return saved is null ? null : await FollowAsync(connection, caller, before?.Settings, saved.Settings);
            },
            CancellationToken.None);
        return fresh is not null
            ? TypedResults.Json(new SettingsSaved(saved!, fresh), SettingsJson.Options)
            : SettingsProblem.Stale(await store.GetAsync(caller.Account, cancellationToken), before?.Settings);
    }

    private async Task<Freshness> FollowAsync(NpgsqlConnection connection, Caller caller, AccountSettings? before, AccountSettings saved)
    {
        await DraftStore.DeleteAsync(connection, caller.Account, caller.User, CancellationToken.None);
        var changesNumbers = SettingDifference.Between(before ?? new AccountSettings(), saved)
            .Any(difference => difference.Key is not (SettingKeys.ScheduleTime or SettingKeys.VatIncluded or SettingKeys.EraseAfterUninstall));
        return changesNumbers ? await freshness.AskAsync(connection, caller.Account, CancellationToken.None) : new Freshness(Freshness.Unchanged, null);
    }
}
