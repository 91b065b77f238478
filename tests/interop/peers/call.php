<?php
// Calls by PHP's own client: the address of a WSDL, the SOAP version, and "rpc" or "document".
//
// Each line of the input is a call in JSON, `{"operation": …, "body": TREE, "headers": [[NAMESPACE, NAME,
// TREE], …]}`, and gets a line: `{"result": …}`, `{"fault": …}` or `{"error": …}`. trees.py says what
// a TREE is, and what a result.
[, $wsdl, $version, $style] = $argv;

function value(array $tree): mixed
{
    if (isset($tree["items"])) {
        return array_map("value", $tree["items"]);
    }
    if (!isset($tree["parts"])) {
        return match ($tree["kind"]) {
            "bool" => $tree["text"] === "true" || $tree["text"] === "1",
            "int" => is_int($tree["text"] + 0) ? $tree["text"] + 0 : $tree["text"],
            "float" => match ($tree["text"]) {
                "INF" => INF, "-INF" => -INF, "NaN" => NAN, default => (float) $tree["text"]
            },
            "bytes" => base64_decode($tree["data"]),
            default => $tree["text"],
        };
    }
    $object = new stdClass();
    foreach ($tree["parts"] as $part) {
        $values = array_map("value", $part["values"]);
        $object->{$part["name"]} = $part["several"] ? $values : $values[0];
    }
    if (isset($tree["content"])) {
        $object->_ = value($tree["content"]);
    }
    return isset($tree["type"])
        ? new SoapVar($object, SOAP_ENC_OBJECT, $tree["type"][1], $tree["type"][0])
        : $object;
}

function told(mixed $value): mixed
{
    return match (true) {
        is_string($value) => ["data" => base64_encode($value)],
        is_object($value) => ["parts" => (object) array_map("told", get_object_vars($value))],
        is_array($value) && array_is_list($value) => ["items" => array_map("told", $value)],
        is_array($value) => ["parts" => array_map("told", $value)],
        is_float($value) => ["number" => is_finite($value) ? $value : (string) $value],
        is_int($value) => ["number" => $value],
        default => $value,
    };
}

function called(SoapClient $client, string $style, array $call): array
{
    $arguments = [];
    if ($call["body"] !== null) {
        $body = value($call["body"]);
        $arguments = $style === "rpc" ? array_values(get_object_vars($body)) : [$body];
    }
    $headers = array_map(
        fn(array $header) => new SoapHeader($header[0], $header[1], value($header[2])),
        $call["headers"]
    );
    try {
        $result = $client->__soapCall($call["operation"], $arguments, [], $headers);
        return ["result" => told($result)];
    } catch (SoapFault $fault) {
        return ["fault" => $fault->getMessage(), "detail" => told($fault->detail ?? null)];
    } catch (Throwable $error) {
        return ["error" => $error->getMessage()];
    }
}

try {
    $client = new SoapClient($wsdl, [
        "soap_version" => $version === "soap12" ? SOAP_1_2 : SOAP_1_1,
        "cache_wsdl" => WSDL_CACHE_NONE,
    ]);
} catch (SoapFault $fault) {
    $client = null;
    echo json_encode(["error" => $fault->getMessage()]), "\n";
}
while ($client !== null && ($line = fgets(STDIN)) !== false) {
    echo json_encode(called($client, $style, json_decode($line, true))), "\n";
}
