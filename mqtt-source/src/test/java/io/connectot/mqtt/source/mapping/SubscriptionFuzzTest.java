// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a line says, it is refused by its key, or it maps messages of any topic to records or
 * poison.
 */
@Tag("full")
class SubscriptionFuzzTest {
  private static final byte[] PAYLOAD = "{\"v\":21.5,\"t\":\"x\"}".getBytes(StandardCharsets.UTF_8);

  @ValueSource(
      strings = {
        "plant/+/temp qos=1 topic=plant.${topic[1]}\nplant/p1/temp",
        "$share/g/# topic=${subscription}.${topic[-2]} key=${topic}\na/b/c",
        "\"a b/+/#\" qos=2 format=json key=/v\na b/c",
        "+/+ format=measurement device=${1} tag=/t value=/v topic=${device}.${tag}\nx/y",
        "# format=measurement values=\"\" unit=°C type=float64 retained=skip\n$SYS/broker",
        "/ key=none compression=auto\n/",
        "+ topic=${topic}${path}\n..",
        "# format=object include=a*,*.b exclude=c type=v=int8,auto map=x:null unit=*=bar,/u\na/b",
        "+/# format=object values=/v,/t/0 device=/d,${1} prefix=${/t}. separator=/ arrays=samples\n"
            + "a/b",
        "# format=csv csv.columns=a,-,b csv.delimiter=; time=/a topic=/b topic.separator=.\na",
        "# format=measurement samples=/*/x/* value=/v,/w tag=${/n}-${topic} on.error=skip"
            + " poison=skip\n"
            + "a",
        "#x\nx"
      })
  @DictionaryEntries({"$share/", "${topic[", "]}", "${1}", "${topic}", "/+/", "/#", " topic="})
  @DictionaryEntries({" key=", " format=measurement", " device=", " tag=", " value=/v", " qos="})
  @DictionaryEntries({" format=object", " include=", " map=", " prefix=", "${/", ",/", "/*/", "*"})
  @FuzzTest(maxDuration = "2s")
  void isRefusedOrMaps(@NotNull String data) {
    int end = data.indexOf('\n');
    if (end < 0 || data.contains("match") || data.contains("file")) {
      // Regular expressions and files are the administrator's own.
      return;
    }
    String line = data.substring(0, end);
    String topic = data.substring(end + 1);
    Mapped mapped;
    try {
      mapped = new Mapped("subscriptions.all", line, "topic", "t");
    } catch (ConfigException e) {
      assertThat(e).hasMessageContaining("subscriptions.all");
      return;
    }
    try {
      RecordChecks.check(mapped.map(Mapped.message(topic, PAYLOAD)));
    } catch (PoisonMessageException e) {
      assertThat(e).hasMessageContaining(topic);
    }
  }
}
