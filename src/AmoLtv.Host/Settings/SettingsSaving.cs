using System.Text.Json;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Callers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Settings;

/// <summary>Saves settings for a person at a page: checked, never over what somebody else has saved meanwhile, and the numbers asked for anew.</summary>
public sealed class SettingsSaving(SettingsStore store, DraftStore drafts, FreshnessStore freshness)
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
        // From here on a page that is left breaks nothing off: what is saved is followed by its numbers.
        if (await store.SaveAsync(caller.Account, settings, basedOn, caller.User.ToString(), why, CancellationToken.None) is not { } saved)
        {
            return SettingsProblem.Stale(await store.GetAsync(caller.Account, cancellationToken), before?.Settings);
        }

        var changesNumbers = SettingDifference.Between(before?.Settings ?? new AccountSettings(), saved.Settings)
            .Any(difference => difference.Key is not (SettingKeys.ScheduleTime or SettingKeys.VatIncluded or SettingKeys.EraseAfterUninstall));
        var fresh = changesNumbers ? await freshness.AskAsync(caller.Account, CancellationToken.None) : new Freshness(Freshness.Unchanged, null);
        await drafts.DeleteAsync(caller.Account, caller.User, CancellationToken.None);
        return TypedResults.Json(new SettingsSaved(saved, fresh), SettingsJson.Options);
    }
}
