using System.Text.Json;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Callers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Settings;

/// <summary>Refusals of the settings page: a status, a code the page branches on, and words.</summary>
public static class SettingsProblem
{
    /// <summary>By key: what is wrong and what is allowed.</summary>
    public static ProblemHttpResult Invalid(IReadOnlyList<SettingError> errors) => TypedResults.Problem(
        detail: "The settings cannot be used; nothing was saved.",
        statusCode: StatusCodes.Status400BadRequest,
        extensions: new Dictionary<string, object?>
        {
            ["code"] = "invalid",
            ["errors"] = errors.GroupBy(error => error.Key).ToDictionary(group => group.Key, group => group.Select(error => $"{error.Problem}; allowed: {error.Allowed}").ToArray()),
        });

    public static ProblemHttpResult Unreadable(string words) => CallerProblem.Of(StatusCodes.Status400BadRequest, "unreadable", words);

    /// <summary>A single value is wrong.</summary>
    /// <param name="key">The property of the request.</param>
    /// <param name="words">What is wrong with it.</param>
    public static ProblemHttpResult Wrong(string key, string words) => TypedResults.Problem(
        detail: words,
        statusCode: StatusCodes.Status400BadRequest,
        extensions: new Dictionary<string, object?> { ["code"] = "invalid", ["errors"] = new Dictionary<string, string[]> { [key] = [words] } });

    /// <summary>Somebody else saved since the page was read: who, when, and what is other now.</summary>
    /// <param name="current">The version in force.</param>
    /// <param name="since">The version the page had; null where there is none of that number.</param>
    public static ProblemHttpResult Stale(SavedSettings current, AccountSettings? since) => TypedResults.Problem(
        detail: "The settings were changed by somebody else meanwhile; nothing was saved.",
        statusCode: StatusCodes.Status409Conflict,
        extensions: new Dictionary<string, object?>
        {
            ["code"] = "stale",
            ["current"] = JsonSerializer.SerializeToNode(current, SettingsJson.Options),
            ["differs"] = SettingDifference.Between(since ?? new AccountSettings(), current.Settings),
        });

    /// <summary>A single value is another than the page had.</summary>
    /// <param name="current">What it is now.</param>
    /// <param name="by">Who made it so, where that is known.</param>
    /// <param name="at">When.</param>
    public static ProblemHttpResult StaleValue(object? current, string? by = null, DateTimeOffset? at = null) => TypedResults.Problem(
        detail: "Somebody else has changed this meanwhile; nothing was saved.",
        statusCode: StatusCodes.Status409Conflict,
        extensions: new Dictionary<string, object?> { ["code"] = "stale", ["current"] = current, ["by"] = by, ["at"] = at });

    public static ProblemHttpResult NotThere(string words) => CallerProblem.Of(StatusCodes.Status404NotFound, "notFound", words);
}
