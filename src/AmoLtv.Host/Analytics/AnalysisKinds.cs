namespace AmoLtv.Host.Analytics;

/// <summary>Kinds of documents in <c>account_analyses</c>.</summary>
public static class AnalysisKinds
{
    public const string Managers = "managers";
    public const string Channels = "channels";
    public const string Losses = "losses";
    public const string Drivers = "drivers";
    public const string Products = "products";
    public const string Cohorts = "cohorts";
    public const string Retention = "retention";
    public const string Segments = "segments";
    public const string Rfm = "rfm";
    public const string NearTiers = "nearTiers";
    public const string Series = "series";
    public const string Scenario = "scenario";
    public const string Quality = "quality";
    public const string Overview = "overview";
}
