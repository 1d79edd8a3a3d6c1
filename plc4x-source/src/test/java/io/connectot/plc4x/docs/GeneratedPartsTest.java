// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.core.config.SourceConfig;
import io.connectot.core.config.validation.ConnectorValidator;
import io.connectot.core.docs.DocPage;
import io.connectot.core.docs.OptionsTable;
import io.connectot.plc4x.Plc4xProtocol;
import io.connectot.plc4x.adapter.Plc4xDriverRegistry;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page on PLC4X says what the code does. With {@code -Ddocs.update} its tables are written. */
class GeneratedPartsTest {
  private static final String PAGE = "docs/plc4x-source.md";

  @Test
  void keysAreThoseOfTheConnector() {
    String tables = OptionsTable.markdown(SourceConfig.definition(new Plc4xProtocol()));
    DocPage.of(PAGE).assertGenerated("options", "\n" + tables + "\n");
  }

  @Test
  void namesEveryDriverThatIsShipped() {
    assertThat(DocPage.of(PAGE).column("Driver").stream().flatMap(cell -> cell.code().stream()))
        .containsAll(Plc4xDriverRegistry.shared().codes());
  }

  static Stream<DocPage.Block> examples() {
    return DocPage.all().stream()
        .flatMap(page -> page.blocks("json").stream())
        .filter(block -> block.text().contains("\"io.connectot.plc4x.Plc4xSourceConnector\""));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void examplesCanBeCreated(DocPage.Block block) throws IOException {
    Map<String, String> config =
        new HashMap<>(new ObjectMapper().readValue(block.text(), new TypeReference<>() {}));
    config.put("validate.connection", "false");
    assertThat(ConnectorValidator.validate(new Plc4xProtocol(), config).configValues())
        .as(block.where())
        .flatExtracting(ConfigValue::errorMessages)
        .isEmpty();
  }
}
