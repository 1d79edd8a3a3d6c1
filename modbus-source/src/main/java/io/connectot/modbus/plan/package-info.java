// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Plans the requests that read a list of tags, and handles refused addresses. */
package io.connectot.modbus.plan;
