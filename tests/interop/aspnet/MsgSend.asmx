<%@ WebService Language="C#" Class="MsgSend" %>
// The service's eight operations with the signatures of MsgSend.wsdl, answering what a test wrote.
//
// Beside the application's folder stand `answers/OPERATION.txt`, the UTF-8 text of the next
// answers of that operation (no file: a null), and `received.jsonl`, to which each call is
// appended before it is answered: a line of JSON with the operation and its parameters as the
// server decoded them.
//
// What the runtime (Mono 6.8) makes of an answer:
// - Text is escaped with &lt; &gt; &amp; and nothing else; CR and LF are written as they are, so
//   that an XML parser gives back LF for both.
// - What XML 1.0 does not have (control characters, U+FFFE, U+FFFF) is written as a character
//   reference all the same: U+0001 as &#x1;. That is no well-formed document.
// - A null is xsi:nil="true" over HTTP GET and POST; over SOAP the result's element is left out.
//
// C# 5 at most.

using System.IO;
using System.Text;
using System.Web;
using System.Web.Services;

[WebService(Namespace = "http://tempuri.org/")]
public class MsgSend : WebService
{
    [WebMethod]
    public string GetBalance(string userCode, string userPass)
    {
        return Answer("GetBalance", "userCode", userCode, "userPass", userPass);
    }

    [WebMethod]
    public string SendMsg(
        string userCode, string userPass, string DesNo, string Msg, string Channel)
    {
        return Answer(
            "SendMsg", "userCode", userCode, "userPass", userPass,
            "DesNo", DesNo, "Msg", Msg, "Channel", Channel);
    }

    [WebMethod]
    public string SendVoiceCode(
        string userCode, string userPass, string DesNo, string VoiceCode, string Channel,
        string Amount)
    {
        return Answer(
            "SendVoiceCode", "userCode", userCode, "userPass", userPass,
            "DesNo", DesNo, "VoiceCode", VoiceCode, "Channel", Channel, "Amount", Amount);
    }

    [WebMethod]
    public string SendVoiceCodeWithTemplate(
        string userCode, string userPass, string DesNo, string VoiceCode, string Amount,
        string TemplateID)
    {
        return Answer(
            "SendVoiceCodeWithTemplate", "userCode", userCode, "userPass", userPass,
            "DesNo", DesNo, "VoiceCode", VoiceCode, "Amount", Amount, "TemplateID", TemplateID);
    }

    [WebMethod]
    public string GetReport(string userCode, string userPass, string batchNumber)
    {
        return Answer(
            "GetReport", "userCode", userCode, "userPass", userPass, "batchNumber", batchNumber);
    }

    [WebMethod]
    public string GetReport2(string userCode, string userPass)
    {
        return Answer("GetReport2", "userCode", userCode, "userPass", userPass);
    }

    [WebMethod]
    public string GetMo(string userCode, string userPass)
    {
        return Answer("GetMo", "userCode", userCode, "userPass", userPass);
    }

    [WebMethod]
    public string GetMo2(string userCode, string userPass)
    {
        return Answer("GetMo2", "userCode", userCode, "userPass", userPass);
    }

    private static readonly object Gate = new object();

    private static string Answer(string operation, params string[] namesAndValues)
    {
        string folder = Path.Combine(HttpRuntime.AppDomainAppPath, "..");
        StringBuilder line = new StringBuilder("{\"operation\":").Append(Json(operation));
        line.Append(",\"parameters\":{");
        for (int at = 0; at < namesAndValues.Length; at += 2)
        {
            line.Append(at == 0 ? "" : ",").Append(Json(namesAndValues[at]));
            line.Append(':').Append(Json(namesAndValues[at + 1]));
        }
        line.Append("}}\n");
        lock (Gate)
        {
            File.AppendAllText(Path.Combine(folder, "received.jsonl"), line.ToString());
        }
        string answer = Path.Combine(folder, "answers", operation + ".txt");
        // GetString keeps a U+FEFF at the beginning, which File.ReadAllText takes away.
        return File.Exists(answer) ? Encoding.UTF8.GetString(File.ReadAllBytes(answer)) : null;
    }

    // Whatever a string of .NET can hold, lone surrogates and NUL included, in one line of ASCII.
    private static string Json(string text)
    {
        if (text == null)
        {
            return "null";
        }
        StringBuilder quoted = new StringBuilder("\"");
        foreach (char unit in text)
        {
            if (unit >= ' ' && unit <= '~' && unit != '"' && unit != '\\')
            {
                quoted.Append(unit);
            }
            else
            {
                quoted.Append("\\u").Append(((int) unit).ToString("x4"));
            }
        }
        return quoted.Append('"').ToString();
    }
}
