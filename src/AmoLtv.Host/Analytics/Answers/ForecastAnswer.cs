using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Forecasting.Series;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>What is to come. Money in the account's currency; the series is revenue, the scenario on the account's basis.</summary>
/// <param name="Stamp">Of when.</param>
/// <param name="Horizon">How far clients are forecast; null where nobody ever bought.</param>
/// <param name="Expected">Of all clients in the horizon; null without a forecast.</param>
/// <param name="Series">Revenue month by month, and the months to come.</param>
/// <param name="Clients">By what clients are forecast; null where nothing was learned yet.</param>
/// <param name="Scenario">What sliders start from.</param>
internal sealed record ForecastAnswer(
    AnalysisStamp Stamp,
    ForecastHorizon? Horizon,
    decimal? Expected,
    AccountForecast Series,
    LearnedForecast? Clients,
    ScenarioDocument Scenario);
