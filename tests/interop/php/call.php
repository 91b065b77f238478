<?php
// One call by PHP's own client: the WSDL's address, the SOAP version, the operation, its parameters.
[, $wsdl, $version, $operation, $parameters] = $argv;
$client = new SoapClient($wsdl, [
    "soap_version" => $version === "soap12" ? SOAP_1_2 : SOAP_1_1,
    "cache_wsdl" => WSDL_CACHE_NONE,
]);
try {
    $answer = $client->__soapCall($operation, ["parameters" => json_decode($parameters, true)]);
    echo json_encode(["result" => $answer->{$operation . "Result"}], JSON_UNESCAPED_UNICODE);
} catch (SoapFault $fault) {
    echo json_encode(["fault" => $fault->faultcode, "words" => $fault->getMessage()]);
}
