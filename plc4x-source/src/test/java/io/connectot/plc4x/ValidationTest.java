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

/** What is said about configurations that cannot work. */
class ValidationTest {
  private static final String ADS_PORTS =
      "?target-ams-net-id=10.0.0.6.1.1&target-ams-port=851"
          + "&source-ams-net-id=10.0.0.1.1.1&source-ams-port=32000";

  private static Map<String, String> props(String url, String address, String... more) {
    Map<String, String> props = new HashMap<>();
    props.put("name", "plc");
    props.put("connector.class", Plc4xSourceConnector.class.getName());
    props.put("topic", "plant");
    props.put("validate.connection", "false");
    props.put("devices.press", url);
    props.put("tags.t", address);
    for (int i = 0; i < more.length; i += 2) {
      props.put(more[i], more[i + 1]);
    }
    return props;
  }

  private static Map<String, List<String>> errors(Map<String, String> props) {
    Map<String, List<String>> errors = new HashMap<>();
    for (ConfigValue value : new Plc4xSourceConnector().validate(props).configValues()) {
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
        "s7-light://10.0.0.5 | %DB1.DBD0:REAL",
        "s7-light://10.0.0.5?remote-rack=0&remote-slot=2 | %DB1:0:STRING(20)",
        "s7-light://10.0.0.5:1102 | %MW10:INT[10]",
        "s7-light:tcp://10.0.0.5?pdu-size=240 | %I0.3:BOOL",
        "eip://10.0.0.5 | Temperature:REAL",
        "logix://10.0.0.5?communication-path=%5B1,0%5D | Temperature:DINT",
        "ab-eth:tcp://10.0.0.5 | N7:10:INTEGER[1]",
        "modbus-tcp://10.0.0.5:1502?default-unit-identifier=3 | holding-register:1:REAL",
        "modbus-tcp://10.0.0.5 | 4x00011:UINT[4]",
        "opcua:tcp://10.0.0.5:4840 | ns=2;i=10",
        "simulated://plant | RANDOM/temperature:REAL",
      })
  void takesWhatTheDriversUnderstand(String url, String address) {
    assertThat(errors(props(url, address))).isEmpty();
  }

  @Test
  void takesS7ForAlarms() {
    Map<String, String> props = props("s7://10.0.0.5", "ALARM", "plc4x.mode", "subscribe");
    assertThat(errors(props)).doesNotContainKey("devices.press");
  }

  @Test
  void refusesArraysInTheMemoryOfAds() {
    assertThat(errors(props("ads://10.0.0.6" + ADS_PORTS, "0x4020/0:INT[3]")).get("tags.t"))
        .singleElement()
        .asString()
        .contains("read the symbol of the array");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "coil:1:BOOL[11] | one bit",
        "discrete-input:1:BOOL[8] | one bit",
        "00001:BOOL[2] | one bit",
        "holding-register:1:BYTE[4] | bits in place of bytes",
        "holding-register:1:WSTRING[2] | no values of type WSTRING",
        "holding-register:1:DATE_AND_TIME[2] | no values of type DATE_AND_TIME",
        "holding-register:1:LTIME | no values of type LTIME",
      })
  void refusesTypesThatTheModbusDriverReadsIncorrectly(String address, String reason) {
    assertThat(errors(props("modbus-tcp://10.0.0.5", address)).get("tags.t"))
        .singleElement()
        .asString()
        .contains(reason)
        .contains("ModbusSourceConnector");
  }

  @Test
  void takesAds() {
    assertThat(errors(props("ads:tcp://10.0.0.6" + ADS_PORTS, "MAIN.temperature"))).isEmpty();
    assertThat(errors(props("ads://10.0.0.6" + ADS_PORTS, "0x4020/0:REAL"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.0.5 | %DB1.DBD0:REAL | is not a PLC4X connection string",
        "s7lite://10.0.0.5 | %DB1.DBD0:REAL | there is no driver 's7lite'",
        "s7-ligth://10.0.0.5 | %DB1.DBD0:REAL | did you mean s7-light?",
        "bacnet-ip://10.0.0.5 | x | cannot talk to a live device",
        "s7:udp://10.0.0.5 | %DB1.DBD0:REAL | does not support udp; write s7:tcp://10.0.0.5",
        "s7://10.0.0.5?remte-rack=2 | %DB1.DBD0:REAL | did you mean remote-rack?",
        "s7://10.0.0.5?remote-slot=two | %DB1.DBD0:REAL | does not understand the connection",
        "s7://10.0.0.5?remote-slot | %DB1.DBD0:REAL | has a parameter without a value",
        "s7://10.0.0.5 5 | %DB1.DBD0:REAL | is not a host",
        "s7://me:secret@10.0.0.5 | %DB1.DBD0:REAL | set plc4x.username and plc4x.password instead",
        "s7-light://10.0.0.5?enable-block-read-optimizer=true | %MW0:INT | leave it out",
        "modbus-ascii:tcp://10.0.0.5 | holding-register:1 | use the connector io.connectot.modbus",
        "knxnet-ip:udp://10.0.0.5 | 1/2/3 | set plc4x.mode=subscribe",
        "s7://10.0.0.5 | %MW0:INT | loses a buffer of direct memory with every read",
      })
  void refusesDevicesThatCannotWork(String url, String address, String message) {
    assertThat(errors(props(url, address)).get("devices.press"))
        .singleElement()
        .asString()
        .contains(message)
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s7-light://10.0.0.5 | %DB1.DBD0:FLOAT32 | does not understand the address"
            + " '%DB1.DBD0:FLOAT32'",
        "s7-light://10.0.0.5 | DB1.DBD0 | e.g. %DB1.DBD0:REAL",
        "s7-light://10.0.0.5 | %DB1.DBD0 | does not understand",
        "s7-light://10.0.0.5 | %DB1.DBD0:REAL float32 | addresses contain their type",
        "s7-light://10.0.0.5 | %DB1.DBD0:REAL subscription=change | has no effect with"
            + " plc4x.mode=poll",
        "s7-light://10.0.0.5 | %DB1.DBD0:REAL unti=x | did you mean unit?",
        "modbus-tcp://10.0.0.5 | holding:1 | e.g. holding-register:1:REAL",
        "modbus-tcp://10.0.0.5 | holding-register:1:REAL{unit-id:3} | ModbusSourceConnector",
        "s7-light://10.0.0.5 | %T1:TIME | timers and counters are not read",
        "s7-light://10.0.0.5 | %C3:COUNTER | timers and counters are not read",
        "logix://10.0.0.5 | Total:LWORD | not read from Logix controllers",
        "logix://10.0.0.5 | Motor:STRUCTURED | read the members, e.g. Motor.speed:REAL",
        "logix://10.0.0.5 | Arr[x]:DINT | Arr[1,2]:DINT, Program:Main.count:DINT",
        "simulated://x | RANDM/temperature:REAL | does not understand the address",
      })
  void refusesTagsThatCannotWork(String url, String address, String message) {
    assertThat(errors(props(url, address)).get("tags.t"))
        .singleElement()
        .asString()
        .contains(message);
  }

  @Test
  void refusesDevicesOfSeveralDrivers() {
    Map<String, String> props =
        props("s7-light://10.0.0.5", "%MW0:INT", "devices.zoven", "modbus-tcp://10.0.0.6");
    assertThat(errors(props).get("devices.zoven"))
        .singleElement()
        .asString()
        .contains("make a connector for each driver");
  }

  @Test
  void refusesMoreTagsThanS7Answers() {
    Map<String, String> props =
        props("s7-light://10.0.0.5", "%MW0:INT", "plc4x.max.tags.per.request", "21");
    assertThat(errors(props).get("devices.press"))
        .singleElement()
        .asString()
        .contains("plc4x.max.tags.per.request to 20 or less");
  }

  @Test
  void refusesAPasswordWithoutAUserAndDoesNotSayIt() {
    Map<String, String> props =
        props("s7-light://10.0.0.5", "%MW0:INT", "plc4x.password", "hunter2");
    assertThat(errors(props).get("plc4x.password"))
        .singleElement()
        .asString()
        .contains("plc4x.username")
        .doesNotContain("hunter2");
  }

  @Test
  void refusesToBrowseWhatIsPolled() {
    Map<String, String> props = props("s7-light://10.0.0.5", "%MW0:INT", "plc4x.browse", "*");
    assertThat(errors(props).get("plc4x.browse")).singleElement().asString().contains("subscribe");
  }

  @Test
  void refusesSubscriptionsWhereThereAreNone() {
    Map<String, String> props =
        props("modbus-tcp://10.0.0.5", "holding-register:1", "plc4x.mode", "subscribe");
    assertThat(errors(props).get("devices.press"))
        .singleElement()
        .asString()
        .contains("has no subscriptions; set plc4x.mode=poll");
  }
}
