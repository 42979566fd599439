import { Alert, Button, Empty, Popconfirm, Skeleton, Table, type TableProps, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import type { Refused } from './api.ts';
import { type Reading, useDesk } from './desk-context.ts';
import type { OperationId } from './operations.ts';

/** What every desk is made of. */

export const Refusal = ({
  error,
  again,
}: {
  readonly error: Refused | undefined;
  readonly again?: () => void;
}) =>
  error ? (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={error.message}
      description={
        error.faults.length > 0 ? (
          <ul>
            {error.faults.map(({ path, message }) => (
              <li key={`${path}${message}`}>{path ? `${path}:${message}` : message}</li>
            ))}
          </ul>
        ) : undefined
      }
      action={again ? <Button onClick={again}>重试</Button> : undefined}
      style={{ marginBlockEnd: 12 }}
    />
  ) : null;

/** Shows what was read; before that a sketch of it, or what went wrong and a way to try again. */
export function Loadable<T>({
  reading,
  children,
}: {
  readonly reading: Reading<T>;
  readonly children: (data: T) => ReactNode;
}) {
  const { data, error, loading, again } = reading;
  if (error) return <Refusal error={error} again={again} />;
  if (data === undefined) return loading ? <Skeleton active paragraph={{ rows: 6 }} /> : null;
  return <>{children(data)}</>;
}

type Columns<T> = NonNullable<TableProps<T>['columns']>;
type Rows<T> = {
  readonly label: string;
  readonly columns: Columns<T>;
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly empty?: string;
  /** More pages there are, and how to turn to them. */
  readonly more?: (() => void) | undefined;
  readonly loading?: boolean;
};

/** A table that is read page after page. */
export function DataTable<T extends object>({
  label,
  columns,
  rows,
  keyOf,
  empty = '暂无数据',
  more,
  loading,
}: Rows<T>) {
  return (
    <>
      <Table<T>
        aria-label={label}
        size="small"
        bordered
        columns={columns}
        dataSource={[...rows]}
        rowKey={keyOf}
        pagination={false}
        loading={loading ?? false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} /> }}
      />
      {more ? (
        <Button className="no-print" style={{ marginBlockStart: 8 }} onClick={more}>
          下一页
        </Button>
      ) : null}
    </>
  );
}

type Doing = {
  readonly operation: OperationId;
  readonly children: string;
  /** What will happen, in words; without it the button acts at once. */
  readonly asks?: string;
  /** Why it cannot be done now, whoever asks. */
  readonly hindrance?: string | undefined;
  readonly busy?: boolean;
  readonly danger?: boolean;
  readonly primary?: boolean;
  readonly onDo: () => void;
};

/** A button for a command. What the role or the state does not allow cannot be pressed, and says why. */
export const Act = ({ operation, children, asks, hindrance, busy, danger, primary, onDo }: Doing) => {
  const { may } = useDesk();
  const why = may(operation) ? hindrance : '您的角色不能进行此项操作';
  const button = (
    <Button
      type={primary ? 'primary' : 'default'}
      danger={danger ?? false}
      loading={busy ?? false}
      disabled={why !== undefined}
      {...(asks === undefined ? { onClick: onDo } : {})}
    >
      {children}
    </Button>
  );
  if (why !== undefined)
    return (
      <Tooltip title={why}>
        <span title={why}>{button}</span>
      </Tooltip>
    );
  if (asks === undefined) return button;
  return (
    <Popconfirm title={asks} okText="确定" cancelText="取消" onConfirm={onDo}>
      {button}
    </Popconfirm>
  );
};

export const Panel = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="panel" aria-label={title}>
    <h2>{title}</h2>
    {children}
  </section>
);
