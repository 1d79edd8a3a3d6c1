// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.codec;

/** The numbers of fields in the messages of a payload, where they are read and written. */
final class Fields {
  static final int PAYLOAD_TIMESTAMP = 1;
  static final int PAYLOAD_METRICS = 2;
  static final int PAYLOAD_SEQ = 3;
  static final int PAYLOAD_UUID = 4;
  static final int PAYLOAD_BODY = 5;

  static final int METRIC_NAME = 1;
  static final int METRIC_ALIAS = 2;
  static final int METRIC_TIMESTAMP = 3;
  static final int METRIC_DATATYPE = 4;
  static final int METRIC_HISTORICAL = 5;
  static final int METRIC_TRANSIENT = 6;
  static final int METRIC_NULL = 7;
  static final int METRIC_METADATA = 8;
  static final int METRIC_PROPERTIES = 9;

  /** The first of the fields of a metric's value. */
  static final int METRIC_VALUE = 10;

  static final int METRIC_BYTES = 16;
  static final int METRIC_DATASET = 17;
  static final int METRIC_TEMPLATE = 18;

  static final int METADATA_MULTI_PART = 1;
  static final int METADATA_CONTENT_TYPE = 2;
  static final int METADATA_SIZE = 3;
  static final int METADATA_SEQ = 4;
  static final int METADATA_FILE_NAME = 5;
  static final int METADATA_FILE_TYPE = 6;
  static final int METADATA_MD5 = 7;
  static final int METADATA_DESCRIPTION = 8;

  static final int PROPERTIES_KEYS = 1;
  static final int PROPERTIES_VALUES = 2;
  static final int PROPERTIES_LIST_SET = 1;

  static final int PROPERTY_TYPE = 1;
  static final int PROPERTY_NULL = 2;
  static final int PROPERTY_VALUE = 3;
  static final int PROPERTY_SET = 9;
  static final int PROPERTY_SET_LIST = 10;

  static final int DATASET_COLUMN_COUNT = 1;
  static final int DATASET_COLUMNS = 2;
  static final int DATASET_TYPES = 3;
  static final int DATASET_ROWS = 4;
  static final int ROW_CELLS = 1;
  static final int CELL_VALUE = 1;

  static final int TEMPLATE_VERSION = 1;
  static final int TEMPLATE_METRICS = 2;
  static final int TEMPLATE_PARAMETERS = 3;
  static final int TEMPLATE_REF = 4;
  static final int TEMPLATE_DEFINITION = 5;

  static final int PARAMETER_NAME = 1;
  static final int PARAMETER_TYPE = 2;
  static final int PARAMETER_VALUE = 3;

  private Fields() {}
}
