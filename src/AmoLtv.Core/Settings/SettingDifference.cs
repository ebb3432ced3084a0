namespace AmoLtv.Core.Settings;

/// <summary>One setting that two versions answer differently.</summary>
/// <param name="Key">Its key, see <see cref="SettingKeys"/>.</param>
/// <param name="From">What the first version says, as a person types it.</param>
/// <param name="To">What the second says.</param>
public sealed record SettingDifference(string Key, string From, string To)
{
    /// <summary>Every setting that differs, in the order in which settings are shown; empty where the versions say the same.</summary>
    public static IReadOnlyList<SettingDifference> Between(AccountSettings from, AccountSettings to) =>
    [
        .. SettingKeys.All
            .Select(setting => new SettingDifference(setting.Key, setting.Read(from), setting.Read(to)))
            .Where(difference => difference.From != difference.To),
    ];
}
