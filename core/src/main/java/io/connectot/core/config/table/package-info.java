// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Lists of devices and tags in CSV and JSON files. */
package io.connectot.core.config.table;
