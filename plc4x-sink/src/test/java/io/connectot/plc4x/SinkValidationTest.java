// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about sinks that cannot work. */
class SinkValidationTest {
  private static Map<String, List<String>> errors(String url, String tag, String... more) {
    Map<String, String> props = new HashMap<>();
    props.put("name", "plc");
    props.put("connector.class", Plc4xSinkConnector.class.getName());
    props.put("topics", "commands");
    props.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    props.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
    props.put("validate.connection", "false");
    props.put("devices.press", url);
    props.put("tags.t", tag);
    for (int i = 0; i < more.length; i += 2) {
      props.put(more[i], more[i + 1]);
    }
    Map<String, List<String>> errors = new HashMap<>();
    for (ConfigValue value : new Plc4xSinkConnector().validate(props).configValues()) {
      if (!value.errorMessages().isEmpty()) {
        errors.put(value.name(), value.errorMessages());
      }
    }
    return errors;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s7-light://10.0.0.5 | %DB1.DBD0:REAL write=true min=0 max=120",
        "s7-light://10.0.0.5 | %DB1:0:STRING(20) write=true",
        "s7-light://10.0.0.5 | %MW10:INT[10] write=true",
        "logix://10.0.0.5 | Temperature:REAL write=true write.verify=read tolerance=0.1",
        "eip://10.0.0.5 | Arr[1,2]:DINT write=true",
        "modbus-tcp://10.0.0.5 | holding-register:1:REAL write=true",
        "modbus-tcp://10.0.0.5 | 4x00011:UINT write=true scale=0.1",
        "modbus-tcp://10.0.0.5 | coil:3 write=true",
        "simulated://press | STATE/speed:INT write=true",
      })
  void takesWhatTheDriversWrite(String url, String tag) {
    assertThat(errors(url, tag)).isEmpty();
  }

  @Test
  void takesTheLinesOfASource() {
    assertThat(
            errors(
                "simulated://press",
                "STATE/speed:INT interval=500ms deadband=1 subscription=change write=true",
                "tags.only_read",
                "RANDOM/speed:INT unit=rpm"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ab-eth:tcp://10.0.0.5 | N7:10:INTEGER[1] write=true | only reads",
        "s7://10.0.0.5 | %DB1.DBD0:REAL write=true | use s7-light",
        "opcua:tcp://10.0.0.5:4840 | ns=2;i=10 write=true | OpcUaSinkConnector",
        "modbus-rtu:tcp://10.0.0.5 | holding-register:1:REAL write=true | ModbusSinkConnector",
        "knxnet-ip://10.0.0.5 | 1/2/3 write=true | acknowledgement of the gateway",
      })
  void refusesDriversThatCannotWrite(String url, String tag, String reason) {
    assertThat(errors(url, tag).get("devices.press")).singleElement().asString().contains(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "modbus-tcp://10.0.0.5 | input-register:1:REAL write=true | can only be read",
        "modbus-tcp://10.0.0.5 | discrete-input:1 write=true | can only be read",
        "modbus-tcp://10.0.0.5 | holding-register:1:BOOL write=true | ModbusSinkConnector",
        "modbus-tcp://10.0.0.5 | holding-register:1:CHAR write=true | ModbusSinkConnector",
        "simulated://press | RANDOM/speed:INT write=true | only STATE",
        "s7-light://10.0.0.5 | %DB1:0:STRING write=true | needs its length",
        "s7-light://10.0.0.5 | %DB1:0.1:BOOL[8] write=true | whole bytes",
        "s7-light://10.0.0.5 | %DB1:0:STRING(10)[2] write=true | one by one",
        "s7-light://10.0.0.5 | %DB1:0:BYTE[300] write=true | 300 bytes",
        "logix://10.0.0.5 | Status.5:BOOL write=true | write the integer",
        "logix://10.0.0.5 | Status write=true | has no type",
      })
  void refusesTagsThatCannotBeWritten(String url, String tag, String reason) {
    assertThat(errors(url, tag).get("tags.t")).singleElement().asString().contains(reason);
    assertThat(errors(url, tag.replace(" write=true", ""))).doesNotContainKey("tags.t");
  }
}
