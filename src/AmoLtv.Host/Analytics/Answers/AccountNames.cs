namespace AmoLtv.Host.Analytics.Answers;

/// <summary>Names that an account gives its own things, by number. Names of people are not among them.</summary>
/// <param name="Pipelines">By pipeline.</param>
/// <param name="Stages">By pipeline:status.</param>
/// <param name="LossReasons">By loss reason.</param>
/// <param name="Fields">Of drivers, by company:field or lead:field.</param>
internal sealed record AccountNames(
    IReadOnlyDictionary<string, string> Pipelines,
    IReadOnlyDictionary<string, string> Stages,
    IReadOnlyDictionary<string, string> LossReasons,
    IReadOnlyDictionary<string, string> Fields);
