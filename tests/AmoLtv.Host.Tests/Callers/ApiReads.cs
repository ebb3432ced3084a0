using AmoLtv.Host.Callers;

namespace AmoLtv.Host.Tests.Callers;

/// <summary>Requests that change nothing, by endpoint.</summary>
internal static class ApiReads
{
    public static readonly Dictionary<string, ApiForm[]> Forms = new(StringComparer.Ordinal)
    {
        ["GET /api/me"] = [new()],
        ["GET /api/connection"] = [new()],
        ["GET /api/access"] = [new()],
        ["GET /api/sessions/cookie"] = [new() { Proof = CallerProof.Cookie }],

        ["GET /api/cards/companies/{id:long}"] = [new() { Values = ["company"] }],
        ["GET /api/cards/companies/{id:long}/leads"] = [new() { Values = ["company"] }, new("?counted=false") { Values = ["company"] }],
        ["GET /api/cards/contacts/{id:long}"] = [new() { Values = ["contact"] }],
        ["GET /api/cards/contacts/{id:long}/leads"] = [new() { Values = ["contact"] }],
        ["GET /api/cards/leads/{id:long}"] = [new() { Values = ["lead"] }],
        ["GET /api/cards/leads/{id:long}/leads"] = [new() { Values = ["lead"] }],
        ["GET /api/remarks"] = [new(), new("?state=all")],

        ["GET /api/analytics/overview"] = [new()],
        ["GET /api/analytics/segments"] = [new()],
        ["GET /api/analytics/products"] = [new()],
        ["GET /api/analytics/tasks"] = [new()],
        ["GET /api/analytics/filters"] = [new()],
        ["GET /api/analytics/cohorts"] = [new("?period=month"), new("?period=quarter")],
        ["GET /api/analytics/forecast"] = [new()],
        ["GET /api/analytics/channels"] = [new()],
        ["GET /api/analytics/retention"] = [new()],
        ["GET /api/analytics/managers"] = [new()],
        ["GET /api/analytics/losses"] = [new()],
        ["GET /api/analytics/drivers"] = [new()],
        ["GET /api/analytics/quality"] = [new()],
        ["GET /api/analytics/clients"] =
        [
            new(), new("?order=name"), new("?order=-repeatProbability&tier=B"), new("?bought=2026"), new("?bought=2026-03&cohort=2025-Q4&order=lastPurchase"),
            new("?search=<search>"), new("?manager=<manager>&near=any"), new("?product=<product>"), new("?without=<product>"), new("?driver=pipeline&level=<pipeline>"),
        ],
        ["GET /api/analytics/clients.csv"] = [new("?bought=2026-03")],
        ["GET /api/analytics/leads"] =
        [
            new("?list=won&order=-day"), new("?list=won&manager=<manager>"), new("?list=lost&order=-day"), new("?list=lost&stage=<stage>&order=-amount"),
            new("?list=noAmount"), new("?list=noDate"), new("?list=noCustomer&order=-amount"), new("?list=otherPipeline&order=-day"), new("?list=returned"),
            new("?list=excludedByHand"), new("?list=noCompany"), new("?list=noCost"), new("?list=noCost&order=-amount"),
        ],
        // A file of a list of what is missing names the pipeline of each of its leads: it may have as many as the account.
        ["GET /api/analytics/leads.csv"] = [new("?list=lost")],

        ["GET /api/operations/queue"] = [new()],
        ["GET /api/operations/requests/{request:long}"] = [new()],
        ["GET /api/operations/conflicts"] = [new()],
        ["GET /api/operations/tasks/summary"] = [new()],
        ["GET /api/operations/tasks"] = [new()],
        ["GET /api/operations/exchanges"] = [new(), new("?status=trouble")],
        ["GET /api/operations/runs"] = [new(), new("?choice=failed")],
        ["GET /api/operations/runs/{run:long}"] = [new()],
        ["GET /api/operations/runs/{run:long}/progress"] = [new()],
        ["GET /api/operations/runs/{run:long}/changes"] = [new(), new("?status=confirmed")],
        ["GET /api/operations/runs/{run:long}/changes/summary"] = [new() { Values = ["smallRun"] }],
        ["GET /api/operations/runs/{run:long}/changes.csv"] = [new()],
        ["GET /api/operations/runs/{run:long}/undo"] = [new()],
        ["GET /api/operations/runs/{run:long}/undo/changes"] = [new()],

        ["GET /api/settings"] = [new()],
        ["GET /api/settings/catalog"] = [new()],
        ["GET /api/settings/tags"] = [new()],
        ["GET /api/settings/versions"] = [new()],
        ["GET /api/settings/versions/{version:int}"] = [new()],
        ["GET /api/settings/trail"] = [new()],
        ["GET /api/settings/draft"] = [new()],
        ["GET /api/settings/exclusions"] = [new(), new("?inForce=true")],
        ["GET /api/settings/spend"] = [new()],
        ["GET /api/settings/spend/changes"] = [new()],
        ["GET /api/settings/spend/export.csv"] = [new()],
        ["GET /api/settings/write-back"] = [new()],
        ["GET /api/settings/write-back/fitting"] = [new("?entity=company&output=ltv")],
        ["GET /api/settings/tasks"] = [new()],
        ["GET /api/settings/notices"] = [new()],
    };
}
