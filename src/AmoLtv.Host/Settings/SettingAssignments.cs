using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Settings;

/// <summary>What a person typed as <c>KEY=VALUE</c>, several at once: settings that need each other are set together.</summary>
public sealed class SettingAssignments
{
    private readonly List<(Setting Setting, string Value)> _assignments;

    private SettingAssignments(List<(Setting Setting, string Value)> assignments) => _assignments = assignments;

    /// <exception cref="InvalidSettingsException">No such key, or no value.</exception>
    public static SettingAssignments Parse(IEnumerable<string> texts)
    {
        var assignments = new List<(Setting Setting, string Value)>();
        foreach (var text in texts)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            var key = at < 0 ? text : text[..at];
            var setting = SettingKeys.Find(key.Trim())
                ?? throw Invalid(key, "there is no such setting", string.Join(", ", SettingKeys.All.Select(known => known.Key)));
            assignments.Add(at < 0 ? throw Invalid(key, "is given no value, write KEY=VALUE", setting.Allowed) : (setting, text[(at + 1)..].Trim()));
        }

        var keys = SettingKeys.All.ToList();
        // In the order of the settings, so that tiers are named before they are cut.
        return new SettingAssignments([.. assignments.OrderBy(assignment => keys.IndexOf(assignment.Setting))]);
    }

    /// <exception cref="InvalidSettingsException">A value is not what its key allows.</exception>
    public AccountSettings ApplyTo(AccountSettings settings)
    {
        foreach (var (setting, value) in _assignments)
        {
            try
            {
                settings = setting.Write(settings, value);
            }
            catch (Exception unreadable) when (unreadable is FormatException or OverflowException)
            {
                throw Invalid(setting.Key, $"'{value}' cannot be used", setting.Allowed);
            }
        }

        return settings;
    }

    private static InvalidSettingsException Invalid(string key, string problem, string allowed) => new([new SettingError(key, problem, allowed)]);
}
