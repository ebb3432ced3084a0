using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Settings;

/// <summary>Settings that cannot be used; nothing of them was saved.</summary>
public sealed class InvalidSettingsException(IReadOnlyList<SettingError> errors)
    : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<SettingError> Errors { get; } = errors;
}
