using AmoLtv.Host.Callers;

namespace AmoLtv.Host.Tests.Callers;

/// <summary>Requests that change something, or may be sent only by who might, by endpoint.</summary>
internal static class ApiWrites
{
    private const string Remark = """{"text": "The number is too low."}""";
    private const string SpendText = """{"text": "channel,month,amount\nFair,2026-01,900\n", "name": "spend.csv", "replacesAll": true}""";

    public static readonly Dictionary<string, ApiForm[]> Forms = new(StringComparer.Ordinal)
    {
        ["POST /api/sessions"] = [new() { Proof = CallerProof.Widget, Varying = ["token"] }],
        ["POST /api/sessions/codes"] = [new() { Varying = ["code", "url"] }],
        ["DELETE /api/sessions/cookie"] = [new() { Proof = CallerProof.Cookie }],
        // Whose code it is, says who asks: see ApiCaller.
        ["POST /api/sessions/cookie"] = [new() { Body = """{"code": "<code>"}""", Varying = ["antiForgery"] }],
        ["PUT /api/access"] = [new() { Body = """{"version": 1, "viewers": [<colleague>]}""" }],

        ["POST /api/cards/companies/{id:long}/remarks"] = [new() { Values = ["company"], Body = Remark }],
        ["POST /api/cards/contacts/{id:long}/remarks"] = [new() { Values = ["contact"], Body = Remark }],
        ["POST /api/cards/leads/{id:long}/remarks"] = [new() { Values = ["lead"], Body = Remark }],
        ["POST /api/remarks/{id:long}/resolution"] = [new() { Values = ["remark"], Body = """{"isResolved": true, "answer": "It is mended."}""" }],

        ["POST /api/operations/requests"] =
        [
            new() { Body = """{"kind": "recalculate"}""" },
            new() { Body = """{"kind": "writeBack"}""" },
            new() { Body = """{"kind": "undo", "undoes": <run>}""" },
        ],
        ["DELETE /api/operations/requests/{request:long}"] = [new()],
        ["POST /api/operations/conflicts/{card}/{id:long}/{field:long}/resume"] = [new() { Values = ["card", "company", "field"] }],
        ["POST /api/operations/conflicts/{card}/{id:long}/{field:long}/leave"] = [new() { Values = ["card", "company", "field"] }],
        ["POST /api/operations/runs/{run:long}/cancel"] = [new() { Values = ["runUnderWay"] }],

        ["PUT /api/settings"] = [new() { Body = """{"settings": <settings>, "basedOn": <version>, "comment": "Tried."}""" }],
        ["POST /api/settings/versions/{version:int}/restore"] = [new() { Values = ["earlierVersion"], Body = """{"basedOn": <version>, "comment": "Back."}""" }],
        ["POST /api/settings/currency/confirm"] = [new() { Body = """{"currency": "<currency>"}""" }],
        ["PUT /api/settings/draft"] = [new() { Body = """{"settings": <settings>, "basedOn": <version>, "step": "tiers"}""" }],
        ["DELETE /api/settings/draft"] = [new()],
        ["POST /api/settings/preview"] = [new() { Body = """{"settings": <settings>}""" }],
        ["POST /api/settings/exclusions"] = [new() { Body = """{"lead": <lead>, "comment": "A test of ours."}""" }],
        ["DELETE /api/settings/exclusions/{lead:long}"] = [new() { Values = ["excludedLead"] }],
        ["PUT /api/settings/spend/cell"] = [new() { Body = """{"channel": "Fair", "month": "2026-01-01", "amount": 700, "was": 500}""" }],
        ["POST /api/settings/spend/import/preview"] = [new() { Body = SpendText }],
        ["POST /api/settings/spend/import"] = [new() { Body = SpendText }],
        ["POST /api/settings/spend/changes/{change:long}/undo"] = [new()],
        ["PUT /api/settings/write-back/rate"] = [new() { Body = """{"cardsPerMinute": 30, "minutesARun": 60, "seen": "<seenWriteBack>"}""" }],
        ["PUT /api/settings/write-back/language"] = [new() { Body = """{"language": "en", "seen": "<seenWriteBack>"}""" }],
        ["POST /api/settings/write-back/preview"] = [new() { Body = """{"customers": ["ltv"], "leads": []}""" }],
        ["POST /api/settings/write-back/enable"] = [new() { Body = """{"customers": ["ltv"], "leads": [], "seen": "<seenWriteBack>"}""" }],
        ["POST /api/settings/write-back/map"] = [new() { Body = """{"entity": "company", "output": "ltv", "field": <fittingField>, "seen": "<seenWriteBack>"}""" }],
        ["PUT /api/settings/tasks"] =
        [
            new() { Body = """{"isEnabled": true, "dailyCap": 5, "topTiers": 1, "onSlipping": true, "onTier": false, "dueDays": 2, "seen": "<seenTasks>"}""" },
        ],
        ["PUT /api/settings/notices"] = [new() { Body = """{"isInCrm": false, "email": null, "webhookUrl": null, "seen": "<seenNotices>"}""" }],
        ["POST /api/settings/notices/test"] = [new() { Body = """{"channel": "webhook"}""" }],
    };
}
